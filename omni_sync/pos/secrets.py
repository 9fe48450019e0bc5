"""Secrets that must be used again: sealed with the first key from the environment, opened with any of them."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets

from cryptography.fernet import Fernet, MultiFernet

from omni_sync import conf
from omni_sync.pos.models import Connection


def new_secret() -> str:
    """A secret as Standard Webhooks writes it: 32 random bytes."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"


def seal(values: list[str]) -> bytes:
    """What may be stored of ``values``, the newest secret first."""
    return _box().encrypt(json.dumps(values).encode())


def secrets_of(connection: Connection) -> list[str]:
    """The secrets a delivery of this connection may be signed with, the newest first."""
    opened: list[str] = json.loads(_box().decrypt(bytes(connection.secret)))
    return opened


def _box() -> MultiFernet:
    keys = conf.encryption_keys()
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest())) for key in keys])
