from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime


class Weakness(enum.Enum):
    """Why a PIN is refused."""

    NOT_DIGITS = "not digits"
    TOO_SHORT = "too short"
    TOO_LONG = "too long"
    GUESSABLE = "guessable"


@dataclass
class WeakPin(ValueError):
    """This PIN would be among the first that somebody tries, or is none."""

    why: Weakness


@dataclass
class NotStaffHere(LookupError):
    """Nobody of this number works at the device's store."""


@dataclass
class NoPinYet(PermissionError):
    """The associate was not given a PIN."""


@dataclass
class WrongPin(PermissionError):
    """Not the PIN; so many tries are left before a pause."""

    left: int


@dataclass
class Paused(PermissionError):
    """After too many wrong PINs nobody signs in under this name until then, whatever is typed."""

    until: datetime
