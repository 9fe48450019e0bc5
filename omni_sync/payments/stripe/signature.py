"""Who sent an event: ``Stripe-Signature: t=…,v1=…``, an HMAC-SHA256 over the time and the raw bytes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

import stripe

from omni_sync.payments.exceptions import Unauthorised

TOLERANCE: Final = 300  # seconds, either way


def check_signature(*, body: bytes, header: str, secrets: Sequence[str]) -> None:
    """Raise Unauthorised unless one of ``secrets`` signed these very bytes within five minutes."""
    if not any(_is_signed(body, header, secret) for secret in secrets) or _is_ahead(header):
        raise Unauthorised


def _is_signed(body: bytes, header: str, secret: str) -> bool:
    with suppress(stripe.SignatureVerificationError, UnicodeError):
        return bool(stripe.WebhookSignature.verify_header(body, header, secret, TOLERANCE))
    return False


def _is_ahead(header: str) -> bool:
    """Stripe's own check has no objection to a time that is to come."""
    told = next(part.partition("=")[2] for part in header.split(",") if part.startswith("t="))
    return int(told) > time.time() + TOLERANCE
