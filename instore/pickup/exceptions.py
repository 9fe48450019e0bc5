from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from instore.stores.models import Store


@dataclass
class WrongState(Exception):
    """The pickup is in ``state``, from which ``wanted`` can't be reached: somebody else was faster, or it is over."""

    state: str
    wanted: str


@dataclass
class NotPicked(Exception):
    """Of ``lines`` (their keys) nobody has said what goes into the bag."""

    lines: Sequence[int]


@dataclass
class NothingPicked(Exception):
    """The bag is empty: every line was short. What is left is to cancel."""


@dataclass
class UnknownLine(LookupError):
    """The pickup has no such line."""

    line: int


@dataclass
class TooMany(ValueError):
    """More than the line's ``most`` can't be picked; fewer than ``quantity`` makes sense."""

    quantity: int
    most: int


@dataclass
class LineSettled(Exception):
    """This line was marked short before, with ``picked`` in the bag."""

    line: int
    picked: int


@dataclass
class NothingMissing(Exception):
    """All of this line is in the bag: there is nothing to ask its shopper."""

    line: int


@dataclass
class AlreadyAsked(Exception):
    """The shopper was asked of this line before, and has not answered yet."""

    line: int


@dataclass
class QuestionOver(Exception):
    """Nobody waits for an answer of this line: it was given, or never asked for, or the goods were found."""

    line: int


@dataclass
class CodeUnknown(LookupError):
    """No pickup has this code."""


@dataclass
class CodeOfAnotherStore(LookupError):
    """The code is good at ``store`` (its partner's code) only."""

    store: str


@dataclass
class CodeEnded(LookupError):
    """The pickup of this code is over: ``state``, since ``at``."""

    state: str
    at: datetime


@dataclass
class TokenUnknown(LookupError):
    """No pickup has this token."""


@dataclass
class SlotFull(Exception):
    """The slot of ``store`` in which ``at`` lies takes no more pickups; None: no slot does. ``next`` has room."""

    store: Store
    at: datetime | None
    next: datetime | None


@dataclass
class SlotGone(Exception):
    """Nothing can be collected at ``store`` at ``at``, as when it closed meanwhile. ``next`` has room."""

    store: Store
    at: datetime
    next: datetime | None
