"""The key of one form: sent twice, it acts once."""

from __future__ import annotations

import secrets
from typing import Final

SHORTEST: Final = 16
LONGEST: Final = 64


def new_nonce() -> str:
    """128 bits, for one form."""
    return secrets.token_urlsafe(16)


def is_nonce(said: str) -> bool:
    """Whether a form of ours may have sent it."""
    return said.isascii() and said.isprintable() and SHORTEST <= len(said) <= LONGEST
