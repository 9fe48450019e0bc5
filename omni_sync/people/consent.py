from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from omni_sync.people.models import Consent, Person, Touchpoint
from omni_sync.people.signals import consent_noted
from omni_sync.people.timeline import Touch, touch
from omni_sync.people.wordings import wording_of
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
    wording_version: str = ""
    associate: str = ""


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
            wording_version=s.wording_version,
            wording_hash=hash_of(s.wording),
            locale=s.locale,
            proof=s.proof,
            source=source,
            store_id=store_id,
            associate=s.associate,
            is_claim=not (s.wording and s.at),
        )
        for s in statements
    )
    if noted:
        touch(_touch(consent, store_id) for consent in noted)
        consent_noted.send(sender=Consent, consent_ids=[consent.pk for consent in noted], store_id=store_id)


@inside_transaction
def answer(
    *,
    person: Person,
    channel: str,
    purpose: str,
    state: Consent.State,
    language: str,
    source: str,
    at: datetime | None = None,
) -> None:
    """The person says yes, or takes it back, having read our wording in ``language``. Raises UnknownPurpose.

    ``at``: when they did, if not now.
    """
    wording = wording_of(channel=channel, purpose=purpose, language=language)
    said = Statement(
        person_id=person.pk,
        channel=channel,
        purpose=purpose,
        state=state,
        at=at or timezone.now(),
        wording=wording.text,
        wording_version=wording.version,
        locale=wording.language,
    )
    note(statements=[said], source=source)


def hash_of(wording: str) -> str:
    """SHA-256 of what was read, in hex; empty where nothing was."""
    return hashlib.sha256(wording.encode()).hexdigest() if wording else ""


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
