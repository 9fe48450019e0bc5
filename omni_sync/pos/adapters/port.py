"""What every till system's adapter is to the inbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from omni_sync.pos.exceptions import Reject


@dataclass(frozen=True, slots=True)
class TillEvent:
    """One event in normal form: the native event's shape, whatever system it came from.

    ``store`` is the till's own code of the place. ``document`` names what it is about (``sale/R-1001``) and is, with
    connection and store, its second key (R6). ``occurred_at`` without a zone is in the store's. A ``hint`` says only
    that something changed: it is read at the source (``Till.fetch``) before anything is applied. Its ``document`` is
    its own id, so that the next hint of the same thing is read again.
    """

    index: int
    event_id: str
    type: str
    store: str
    occurred_at: datetime
    document: str
    fingerprint: bytes
    payload: Mapping[str, Any]
    hint: bool = False


@dataclass(frozen=True, slots=True)
class Rejected:
    """An event that can't be used, by its place in the delivery."""

    index: int
    event_id: str | None
    error: str


@dataclass(frozen=True, slots=True)
class LevelTold:
    """What a till says by itself that it may sell of a SKU, at the place it calls ``store``: never a count (R9).

    ``at`` None is now; ``key`` is the one that ``set_level`` was called with, where the till sends it back.
    """

    store: str
    sku: str
    quantity: int
    at: datetime | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A delivery taken apart."""

    events: Sequence[TillEvent] = ()
    rejected: Sequence[Rejected] = field(default_factory=list)
    levels: Sequence[LevelTold] = ()


@dataclass(frozen=True, slots=True)
class LevelReport:
    """What a till may sell of a SKU at one of its stores."""

    store: str
    sku: str
    quantity: int


class Till(Protocol):
    """One till system. Every write may be repeated with the same key.

    ``secrets`` are those of the connection that is spoken for. ``Retry`` raised from ``fetch``, ``since`` or
    ``set_level`` means later may do; ``Reject`` means never.
    """

    def authenticate(self, *, body: bytes, headers: Mapping[str, str], secrets: Sequence[str], url: str) -> None:
        """Raise ``Unauthorised`` unless one of ``secrets`` signed these very bytes, a short while ago."""

    def read(self, *, body: bytes, headers: Mapping[str, str]) -> Reading:
        """Take a delivery apart. Raises ``Malformed`` when nothing in it can be read."""

    def fetch(self, hint: TillEvent, *, secrets: Sequence[str]) -> Reading:
        """Re-read at the source what ``hint`` says has changed. Outside any transaction."""

    def since(self, cursor: str, *, secrets: Sequence[str]) -> tuple[Reading, str]:
        """Everything after ``cursor``, and the cursor after that; "" begins at the beginning."""

    def set_level(self, level: LevelReport, *, key: str, secrets: Sequence[str]) -> None:
        """Tell the system what it may sell."""


class PushOnly:
    """A system that tells everything itself: there is nothing to re-read, poll or tell back."""

    def fetch(self, hint: TillEvent, *, secrets: Sequence[str]) -> Reading:
        """Refuse: such a system sends no hints."""
        raise Reject("this system sends whole events")

    def since(self, cursor: str, *, secrets: Sequence[str]) -> tuple[Reading, str]:
        """Nothing, for there is nothing to ask."""
        return Reading(), cursor

    def set_level(self, level: LevelReport, *, key: str, secrets: Sequence[str]) -> None:
        """Do nothing: such a system reads our events itself."""
