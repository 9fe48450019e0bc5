"""What a token or a code opens. Looking at it takes nothing: mail scanners and previews open links too."""

from __future__ import annotations

from django.utils import timezone

from omni_sync.carts.handoff.exceptions import Gone, HandOffGone
from omni_sync.carts.handoff.models import HandOff
from omni_sync.carts.handoff.tokens import code_hashes, token_hash
from omni_sync.spoken import as_code


def by_token(token: str) -> HandOff:
    """The hand-off of the QR. Raises HandOffGone."""
    return checked(HandOff.objects.filter(token_hash=token_hash(token)).first())


def by_code(said: str) -> HandOff:
    """The hand-off of what somebody typed; a code that is over is unknown. Raises HandOffGone."""
    code = as_code(said)
    found = HandOff.objects.open(timezone.now()).filter(code_hash__in=code_hashes(code)).first() if code else None
    return checked(found)


def by_id(pk: int) -> HandOff:
    """The one this device has opened before. Raises HandOffGone."""
    return checked(HandOff.objects.filter(pk=pk).first())


def checked(found: HandOff | None) -> HandOff:
    """The same, if it can still be taken. Raises HandOffGone."""
    if found is None:
        raise HandOffGone(Gone.UNKNOWN)
    if found.taken_at is not None:
        raise HandOffGone(Gone.TAKEN)
    if found.until <= timezone.now():
        raise HandOffGone(Gone.EXPIRED)
    return found
