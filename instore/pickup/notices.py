"""The shopper is told what became of their pickup: each news once, by whatever path it came about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from instore.pickup.address import path_of
from instore.pickup.models import Pickup, PickupLine, PickupStep, State
from instore.pickup.moves import take_turn
from instore.pickup.owed import owed
from instore.pickup.page import goods_of, zone_of
from instore.stores.words import clock_words
from omni_sync import conf
from omni_sync.messages.models import Message
from omni_sync.messages.say import say
from omni_sync.money.formatting import format_money
from omni_sync.transactions import inside_transaction


class Notice(models.TextChoices):
    """What a shopper is told."""

    PLACED = "placed"
    ASKED = "asked"
    SHORT = "short"
    READY = "ready"
    REMINDER = "reminder"
    EXPIRING = "expiring"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


#: These say what is in the bag and what it costs.
WITH_GOODS: Final = frozenset({Notice.PLACED, Notice.SHORT, Notice.READY})
WITH_ADDRESS: Final = frozenset({Notice.PLACED, Notice.READY, Notice.REMINDER, Notice.EXPIRING})


def before_the_end() -> dict[Notice, timedelta]:
    """How long before its deadline a bag that waits is spoken of once more, the last word first."""
    hours = getattr(settings, "LINTAS_PICKUP_LAST_CALL_HOURS", 3), getattr(settings, "LINTAS_PICKUP_REMINDER_HOURS", 24)
    return {Notice.EXPIRING: timedelta(hours=hours[0]), Notice.REMINDER: timedelta(hours=hours[1])}


@inside_transaction
def notify_of(*, pickup: Pickup, step: PickupStep) -> bool:
    """The news of ``step``, which may be none; whether it was new."""
    word = Notice.SHORT.value if step.line_id else step.after
    return word in Notice.values and notify(pickup=pickup, notice=Notice(word))


@inside_transaction
def notify(*, pickup: Pickup, notice: Notice, of: str = "") -> bool:
    """Let the shopper know, if they left an address and were not told before; whether they are told now.

    ``of`` tells apart what may be said more than once of a pickup.
    """
    if not pickup.email:
        return False
    language = _language(pickup)
    with translation.override(language), timezone.override(zone_of(pickup)):
        facts = _facts(pickup, notice, language)
    return say(key=key_of(pickup, notice, of), kind=f"pickup_{notice}", to=pickup.email, language=language, data=facts)


def key_of(pickup: Pickup, notice: Notice, of: str = "") -> str:
    """What makes it said once."""
    return "-".join(filter(None, ["pickup", str(pickup.pk), of, notice.value]))


def question_of(line: PickupLine) -> str:
    """What tells the question that is asked of this line from all others."""
    assert line.asked_at is not None
    return f"{line.pk}-{line.asked_at:%Y%m%d%H%M%S%f}"


def remind(now: datetime | None = None) -> int:
    """Speak of every bag that waits and has not much time left; of how many.

    Who was told only then that it is ready needs no reminder. A word that is late is left out for the one after it.
    """
    now, after, told = now or timezone.now(), timedelta(), 0
    for notice, before in before_the_end().items():
        told += sum(_remind(pickup, notice, now) for pickup in _silent(notice, now, after, before))
        after = before
    return told


def _silent(notice: Notice, now: datetime, after: timedelta, before: timedelta) -> Sequence[Pickup]:
    """Pickups with more than ``after`` and at most ``before`` left that have not heard ``notice``: two queries."""
    waiting = Pickup.objects.filter(state=State.READY, deadline__gt=now + after, deadline__lte=now + before)
    waiting = waiting.filter(ready_at__lt=F("deadline") - before).exclude(email="").order_by("deadline", "pk")
    found = {key_of(pickup, notice): pickup for pickup in waiting.only("pk")}
    for key in Message.objects.filter(key__in=found).values_list("key", flat=True):
        del found[key]
    return list(found.values())


def _remind(pickup: Pickup, notice: Notice, now: datetime) -> bool:
    with transaction.atomic():
        waiting = take_turn(pickup.pk)
        if waiting.state != State.READY or waiting.deadline <= now:  # collected, or cancelled, a moment ago
            return False
        return notify(pickup=waiting, notice=notice)


def _facts(pickup: Pickup, notice: Notice, language: str) -> dict[str, Any]:
    """All its letter knows, in words that stay right however late it is read."""
    asked = owed(pickup)
    store = pickup.store
    facts: dict[str, Any] = {
        "number": str(pickup.order.number),
        "name": pickup.name,
        "store": str(store),
        "promised": _moment(pickup.promised_at),
        "deadline": _moment(pickup.deadline),
        "paid": bool(asked.paid),
        "link": _link(pickup),
    }
    if notice in WITH_ADDRESS:
        facts["address"] = ", ".join(filter(None, [store.street, store.district, store.city]))
    if notice in WITH_GOODS:
        facts["pay_in_store"] = pickup.pay_in_store
        facts["due"] = format_money(asked.due, asked.currency, language) if asked.due else ""
        facts["goods"] = [
            {"title": good.name, "quantity": good.quantity, "missing": good.missing} for good in goods_of(pickup)
        ]
    if notice == Notice.ASKED:
        asked_of = [good for good in goods_of(pickup) if good.line.is_asked]
        facts["asked"] = "; ".join(f"{good.sought} \N{MULTIPLICATION SIGN} {good.name}" for good in asked_of)
    return facts


def _language(pickup: Pickup) -> str:
    """What was spoken when they ordered, if the shop still speaks it."""
    return pickup.language if pickup.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _moment(at: datetime | None) -> str:
    """``Saturday 21 November, 14:00``."""
    if at is None:
        return ""
    here = timezone.localtime(at)
    return gettext("%(day)s, %(time)s") % {"day": date_format(here, gettext("l j F")), "time": clock_words(here)}


def _link(pickup: Pickup) -> str:
    path = path_of(pickup)
    return path and conf.base_url() + path
