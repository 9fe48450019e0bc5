"""How Meta signs: over the raw bytes (HMAC-SHA256 with the app's secret, in hex)."""

from __future__ import annotations

import hmac

from django.utils.crypto import constant_time_compare


def signature(body: bytes, secret: str) -> str:
    """As Meta writes it into ``X-Hub-Signature-256``."""
    return f"sha256={hmac.digest(secret.encode(), body, 'sha256').hex()}"


def is_signed(*, body: bytes, header: str, secret: str) -> bool:
    """Whether who knows ``secret`` signed these very bytes."""
    return bool(secret) and constant_time_compare(header, signature(body, secret))
