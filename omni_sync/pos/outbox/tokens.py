"""Bearer tokens: shown once, kept as a hash, several per connection so that they can be changed without a pause."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from omni_sync.pos.models import Connection
from omni_sync.pos.outbox.models import SHOWN, BearerToken, OutboxChange

PREFIX: Final = "lts_"  # so that a token found where it should not be is known for what it is
NOTED_EVERY: Final = timedelta(minutes=10)
Kind = OutboxChange.Kind


def make_token(*, connection: Connection, by: Any = None) -> str:
    """A new token of 256 bits; this is the only time anybody sees it."""
    token = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        BearerToken.objects.create(connection=connection, digest=_digest(token), begins=token[:SHOWN], made_by=by)
        OutboxChange.objects.create(connection=connection, kind=Kind.TOKEN_MADE, detail=token[:SHOWN], by=by)
    return token


def revoke_token(*, connection: Connection, token_id: int, by: Any = None) -> bool:
    """End a token of this connection, from the next request on; False when there was none to end."""
    with transaction.atomic():
        mine = BearerToken.objects.valid().filter(connection=connection, pk=token_id)
        begins = mine.values_list("begins", flat=True).first()
        if not mine.update(revoked_at=Now()):
            return False
        OutboxChange.objects.create(connection=connection, kind=Kind.TOKEN_REVOKED, detail=begins or "", by=by)
    return True


def connection_of(token: str) -> Connection | None:
    """Whose token this is; None for one that is unknown or revoked. Its use is noted, at most every ten minutes."""
    known = BearerToken.objects.valid().select_related("connection").defer("connection__secret")
    found = known.filter(digest=_digest(token)).first()
    if found is None:
        return None
    now = timezone.now()
    if found.last_used_at is None or now - found.last_used_at > NOTED_EVERY:
        BearerToken.objects.filter(pk=found.pk).update(last_used_at=now)
    return found.connection


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()
