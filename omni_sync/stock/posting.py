from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Posting:
    """A movement to be written. Its key is (source, document, line); said again, it has no effect.

    ``origin`` is the document that a return answers, ``reference`` what else binds movements together (a transfer).
    """

    stockrecord_id: int
    kind: str
    quantity: int
    occurred_at: datetime
    source: str
    document: str
    line: str
    event_id: str = ""
    origin: str = ""
    reference: str = ""
    answers: int | None = None


@dataclass(frozen=True, slots=True)
class VoidOf:
    """The statement that ``document`` of ``source`` never happened, and neither did its returns (R1b)."""

    source: str
    document: str
    occurred_at: datetime
    event_id: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What the ledger knows of a movement it wrote."""

    pk: int
    stockrecord_id: int
    kind: str
    quantity: int
    occurred_at: datetime
    source: str
    document: str
    origin: str
