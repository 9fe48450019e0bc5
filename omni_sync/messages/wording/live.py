"""Put words live, in all of the shop's languages at once, and take them off again."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from omni_sync.messages.comparing.begin import break_off
from omni_sync.messages.comparing.models import Comparison
from omni_sync.messages.exceptions import Stale
from omni_sync.messages.journeys.models import Step
from omni_sync.messages.wording.exceptions import MissingLanguage
from omni_sync.messages.wording.models import Wording, WordingVersion


def go_live(*, step: Step, channel: str, variant: str, revisions: dict[str, int], by: Any) -> list[WordingVersion]:
    """From now on people are sent these drafts; a test of the step that runs is over where that changes anything.

    ``revisions`` are those that were looked at, by language. Raises MissingLanguage where the drafts of one are
    missing, Stale where somebody changed one since, ValidationError where one can't be sent any more.
    """
    with transaction.atomic(durable=True):
        drafts = _drafts(step, channel, variant)
        missing = [code for code, _name in settings.LANGUAGES if not (code in drafts and drafts[code].text)]
        if missing:
            raise MissingLanguage(missing)
        going = [drafts[code] for code, _name in settings.LANGUAGES]
        for one in going:
            if revisions.get(one.language) != one.revision:
                raise Stale(one.revision)
            one.clean()
        changed = [one for one in going if not one.is_live]
        made = [_version(one, by) for one in changed]
        if made:
            break_off(step_id=step.pk, why=Comparison.Why.WORDS)
    return made


def take_off(*, step: Step, channel: str, variant: str) -> bool:
    """From now on people are sent the shop's own words again; whether that is news. The drafts stay."""
    with transaction.atomic(durable=True):
        drafts = _drafts(step, channel, variant)
        live = [one.pk for one in drafts.values() if one.live_id]
        Wording.objects.filter(pk__in=live).update(live=None)
        if live:
            break_off(step_id=step.pk, why=Comparison.Why.WORDS)
    return bool(live)


def _drafts(step: Step, channel: str, variant: str) -> dict[str, Wording]:
    """Locked, in the order of their keys."""
    rows = Wording.objects.filter(step=step, channel=channel, variant=variant).order_by("pk")
    locked = rows.select_related("live", "step__journey", "step__offer").select_for_update(of=["self"])
    return {one.language: one for one in locked}


def _version(one: Wording, by: Any) -> WordingVersion:
    last = one.versions.aggregate(last=Max("number"))["last"] or 0
    made = WordingVersion.objects.create(wording=one, number=last + 1, title=one.title, text=one.text, made_by=by)
    Wording.objects.filter(pk=one.pk).update(live=made)
    return made
