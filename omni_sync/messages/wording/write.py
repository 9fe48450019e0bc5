"""Write words: a draft first, which nobody is sent."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from omni_sync.messages.exceptions import Stale
from omni_sync.messages.wording.models import Wording


def check_draft(wording: Wording) -> None:
    """Raises ValidationError with everything that keeps this draft from being kept."""
    wording.full_clean(validate_unique=False, validate_constraints=False)


def write_draft(*, wording: Wording, revision: int, by: Any) -> Wording:
    """Keep the draft as it stands in ``wording``, saved or not, checked.

    ``revision`` is the one that its writer read. Raises ValidationError; Stale, with nothing written, where somebody
    else was faster.
    """
    check_draft(wording)
    place = {name: getattr(wording, name) for name in ("step_id", "channel", "language", "variant")}
    said = {"title": wording.title, "text": wording.text, "changed_by": by, "changed_at": timezone.now()}
    with transaction.atomic():
        kept, is_new = Wording.objects.get_or_create(**place, defaults={**said, "revision": 1})
        if is_new and not revision:
            return kept
        won = Wording.objects.filter(pk=kept.pk, revision=revision).update(**said, revision=F("revision") + 1)
        if is_new or not won:
            raise Stale(Wording.objects.values_list("revision", flat=True).get(pk=kept.pk))
        kept.refresh_from_db()
    return kept
