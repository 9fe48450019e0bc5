"""A code for a person, to be told once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from omni_sync.customer_code.models import CustomerCode
from omni_sync.customer_code.tokens import PAYLOAD, code_hashes, new_token, token_hash
from omni_sync.spoken import new_code
from omni_sync.transactions import inside_transaction

TRIES: Final = 5  # for a code that somebody else has just now
SHOWN_FOR: Final = timedelta(minutes=2)
SENT_FOR: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Minted:
    """What the person is told, this once: ``payload`` as a QR, ``code`` to be said."""

    pk: int
    until: datetime
    payload: str = field(repr=False)
    code: str = field(repr=False)


@inside_transaction
def mint(*, person_id: int, place_id: int | None = None) -> Minted:
    """A new code of this person: to be shown anywhere, or sent to be said at ``place_id``."""
    for _ in range(TRIES - 1):
        try:
            with transaction.atomic():
                return _mint(person_id, place_id)
        except IntegrityError:
            continue
    return _mint(person_id, place_id)


def _mint(person_id: int, place_id: int | None) -> Minted:
    token, code = new_token(), new_code()
    row = CustomerCode.objects.create(
        person_id=person_id,
        via=CustomerCode.Via.SENT if place_id else CustomerCode.Via.SHOWN,
        place_id=place_id,
        token_hash=token_hash(token),
        code_hash=code_hashes(code)[0],
        until=timezone.now() + (SENT_FOR if place_id else SHOWN_FOR),
    )
    return Minted(pk=row.pk, until=row.until, payload=f"{PAYLOAD}{token}", code=code)
