"""What makes a PIN, and what is kept of it.

Kept as Django's Argon2PasswordHasher writes it, but made with the cryptography package, which the plugin has anyway:
an adopter needs no other package, and the order of their PASSWORD_HASHERS does not matter.
"""

from __future__ import annotations

import os
from functools import cache
from itertools import pairwise
from typing import Final

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from instore.staff.exceptions import Weakness, WeakPin

SHORTEST: Final = 6
LONGEST: Final = 12
FEWEST_DIFFERENT: Final = 3
PREFIX: Final = "argon2"
# OWASP's password storage cheat sheet: 19 MiB, two rounds, one lane.
MEMORY: Final = 19 * 1024
ROUNDS: Final = 2
LANES: Final = 1


def check_pin(pin: str) -> None:
    """Raise WeakPin unless ``pin`` is 6 to 12 digits that are no pattern."""
    if not (pin.isascii() and pin.isdigit()):
        raise WeakPin(Weakness.NOT_DIGITS)
    if len(pin) < SHORTEST:
        raise WeakPin(Weakness.TOO_SHORT)
    if len(pin) > LONGEST:
        raise WeakPin(Weakness.TOO_LONG)
    if _is_guessable(pin):
        raise WeakPin(Weakness.GUESSABLE)


def hash_pin(pin: str) -> str:
    """What is kept of ``pin``: argon2id with a salt of its own."""
    made = Argon2id(salt=os.urandom(16), length=32, iterations=ROUNDS, lanes=LANES, memory_cost=MEMORY)
    return PREFIX + made.derive_phc_encoded(pin.encode())


def is_pin(pin: str, kept: str) -> bool:
    """Whether ``kept`` was made of ``pin``. Takes the same time for no PIN at all, which is nobody's."""
    try:
        Argon2id.verify_phc_encoded(pin.encode("utf-8", "surrogateescape"), (kept or _nobodys()).removeprefix(PREFIX))
    except InvalidKey:
        return False
    return bool(kept)


@cache
def _nobodys() -> str:
    return hash_pin(os.urandom(16).hex())


def _is_guessable(pin: str) -> bool:
    half = (len(pin) + 1) // 2
    doubled = pin[::2] == pin[1::2] and _is_run(pin[::2])  # 112233
    mirrored = pin == pin[::-1] and _is_run(pin[:half])  # 123321
    return len(set(pin)) < FEWEST_DIFFERENT or _is_run(pin) or _repeats(pin) or doubled or mirrored


def _is_run(digits: str) -> bool:
    """Each digit is as far from the one before: 123456, 987654, 890123, 246802, 000000."""
    steps = {(int(later) - int(earlier)) % 10 for earlier, later in pairwise(digits)}
    return len(steps) == 1


def _repeats(pin: str) -> bool:
    """It is one part again and again: 123123, 474747."""
    return pin in (pin + pin)[1:-1]
