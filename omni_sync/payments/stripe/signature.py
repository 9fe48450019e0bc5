"""Who sent an event: ``Stripe-Signature: t=…,v1=…``, an HMAC-SHA256 over the time and the raw bytes."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Sequence
from typing import Final

from omni_sync.payments.exceptions import Unauthorised

TOLERANCE: Final = 300  # seconds, either way


def check_signature(*, body: bytes, header: str, secrets: Sequence[str]) -> None:
    """Raise Unauthorised unless one of ``secrets`` signed these very bytes within five minutes."""
    parts = [part.strip().partition("=") for part in header.split(",")]
    moments = [value for name, _, value in parts if name == "t"]
    given = [value for name, _, value in parts if name == "v1"]
    if len(moments) != 1 or not (moments[0].isascii() and moments[0].isdigit()):
        raise Unauthorised
    signed = moments[0].encode() + b"." + body
    right = [hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest().encode() for secret in secrets]
    shown = [one.encode("utf-8", "replace") for one in given]
    matches = [hmac.compare_digest(one, other) for one in right for other in shown]
    if not any(matches) or abs(time.time() - int(moments[0])) > TOLERANCE:
        raise Unauthorised
