"""Secrets that must be used again: sealed with the first key from the environment, opened with any of them."""

from __future__ import annotations

import base64
import json
import secrets

from omni_sync import seal as sealing
from omni_sync.pos.models import Connection


def new_secret() -> str:
    """A secret as Standard Webhooks writes it: 32 random bytes."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"


def seal(values: list[str]) -> bytes:
    """What may be stored of ``values``, the newest secret first."""
    return sealing.seal(json.dumps(values))


def secrets_of(connection: Connection) -> list[str]:
    """The secrets a delivery of this connection may be signed with, the newest first."""
    opened: list[str] = json.loads(sealing.unseal(connection.secret))
    return opened
