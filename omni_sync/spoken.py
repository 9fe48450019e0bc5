"""Codes that people read from one screen and type or say at another."""

from __future__ import annotations

import secrets
from typing import Final

#: No 0 O Q D, 1 I, 2 Z, 5 S, 8 B, U V: nobody reads one for another, on paper or aloud.
ALPHABET: Final = "34679ACEFGHJKLMNPRTWXY"
LENGTH: Final = 6


def new_code() -> str:
    """One of 113 million."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def as_code(said: str) -> str:
    """What somebody typed, as the code it means: capitals without blanks and dashes. Empty where it can't be one."""
    code = "".join(said.split()).replace("-", "").upper()
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""
