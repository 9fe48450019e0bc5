"""How an enrolment code is made, read and kept."""

import secrets
from typing import Final

from django.utils.crypto import salted_hmac

LENGTH: Final = 8
#: Without what looks alike, read aloud or written by hand: 0 O Q D, 1 I L, 2 Z, 5 S, 8 B, U V.
LETTERS: Final = "34679ACEFGHJKMNPRTWXY"
SALT: Final = "lintas.devices.enrolment"


def new_code() -> str:
    """Eight characters, about 35 bits: enough for ten minutes behind a limit."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def spaced(code: str) -> str:
    """The code as people read it out: ``ABCD EFGH``."""
    return f"{code[: LENGTH // 2]} {code[LENGTH // 2 :]}"


def read(typed: str) -> str:
    """What was meant by what was typed: blanks, hyphens and small letters are the same."""
    return "".join(character for character in typed.upper() if character.isalnum())


def digest_of(code: str) -> bytes:
    """What is kept of a code: keyed, so that a copy of the database gives none away."""
    return salted_hmac(SALT, code, algorithm="sha256").digest()
