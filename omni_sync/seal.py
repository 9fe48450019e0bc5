"""What must be used or shown again is sealed; what is only looked for is hashed with a key.

Both use the keys from the environment: the first one for writing, any of them for reading.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, MultiFernet

from omni_sync import conf


def seal(text: str) -> bytes:
    """What may be stored of ``text``."""
    return _box().encrypt(text.encode())


def unseal(sealed: bytes | memoryview) -> str:
    """What was sealed. Raises InvalidToken where none of the keys opens it."""
    return _box().decrypt(bytes(sealed)).decode()


def keyed_hashes(purpose: str, text: str) -> list[bytes]:
    """HMAC-SHA256 of ``text`` for ``purpose``, 32 bytes, by every key: the first is the one to be stored."""
    return [
        hmac.digest(hashlib.sha256(key.encode()).digest(), f"{purpose}\0{text}".encode(), "sha256")
        for key in conf.encryption_keys()
    ]


def _box() -> MultiFernet:
    keys = conf.encryption_keys()
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest())) for key in keys])
