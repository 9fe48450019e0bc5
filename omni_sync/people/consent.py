from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from omni_sync.people.models import Consent, Touchpoint
from omni_sync.people.signals import consent_noted
from omni_sync.people.timeline import Touch, touch
from omni_sync.transactions import inside_transaction


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody agreed to or took back, as a source told it; without wording and time it is only a claim."""

    person_id: int
    channel: str
    purpose: str
    state: str
    at: datetime | None = None
    wording: str = ""
    locale: str = ""
    proof: str = ""


@inside_transaction
def note(*, statements: Sequence[Statement], source: str, store_id: int | None = None) -> None:
    """Append the statements; one without wording and time is kept as a claim, and never used to send.

    ``store_id`` is the store where they were told, if it was in one.
    """
    noted = Consent.objects.bulk_create(
        Consent(
            person_id=s.person_id,
            channel=s.channel,
            purpose=s.purpose,
            state=s.state,
            at=s.at,
            wording=s.wording,
            locale=s.locale,
            proof=s.proof,
            source=source,
            is_claim=not (s.wording and s.at),
        )
        for s in statements
    )
    if noted:
        touch(_touch(consent, store_id) for consent in noted)
        consent_noted.send(sender=Consent, consent_ids=[consent.pk for consent in noted], store_id=store_id)


def _touch(consent: Consent, store_id: int | None) -> Touch:
    return Touch(
        person_id=consent.person_id,
        channel=Touchpoint.Channel.TILL if store_id else Touchpoint.Channel.WEB,
        kind=Touchpoint.Kind.CONSENT,
        at=consent.at or timezone.now(),
        key=f"consent:{consent.pk}",
        store_id=store_id,
        data={"channel": consent.channel, "purpose": consent.purpose, "state": consent.state},
    )
