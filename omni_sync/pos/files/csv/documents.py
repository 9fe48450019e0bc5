"""Rows gathered into documents: those of one document stand together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from omni_sync.pos.files.csv.columns import DOCUMENT
from omni_sync.pos.files.csv.dialect import Dialect
from omni_sync.pos.files.csv.rows import Row, Rows

MOST_ROWS: Final = 20_000
Key = tuple[str, ...]


@dataclass(slots=True)
class Document:
    """The rows of one document, as far as they can be held; ``errors`` are why it can't be taken."""

    key: Key
    rows: list[Row] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    last: int = 0

    @property
    def place(self) -> str:
        first = self.rows[0].line
        return f"line {first}" if first == self.last else f"lines {first}-{self.last}"

    def add(self, row: Row) -> None:
        self.last = row.line
        if row.error:
            self.errors.append(row.error)
        if len(self.rows) < MOST_ROWS:
            self.rows.append(row)
        elif len(self.errors) < MOST_ROWS:
            self.errors.append(f"more than {MOST_ROWS} rows of one document")

    def header(self) -> dict[str, str]:
        """What is said of the whole document. Raises ValueError when two of its rows say two things."""
        said: dict[str, str] = {}
        for row in self.rows:
            for name in DOCUMENT:
                value = row.cells.get(name)
                if value and said.setdefault(name, value) != value:
                    raise ValueError(f"line {row.line}: {name} is {value!r} and {said[name]!r} before")
        return said


def documents(rows: Rows, dialect: Dialect) -> Iterator[Document]:
    """Each run of rows with the same type, store and number (or id; or time, where it has neither).

    A row that can't be read spoils the documents on both sides of it, for it may belong to either; a file that breaks
    off spoils its last.
    """
    current: Document | None = None
    unread: list[Row] = []
    for row in rows:
        if not row.cells:
            unread.append(row)
            continue
        key = _key(row, dialect)
        if current is None or current.key != key:
            yield from _ended(current, unread)
            current = Document(key)
        current.errors += [bad.error for bad in unread]
        unread = []
        current.add(row)
    if current is not None and rows.broken:
        current.errors.append(f"the file breaks off before its end: {rows.broken}")
    yield from _ended(current, unread)


def _ended(document: Document | None, unread: list[Row]) -> Iterator[Document]:
    """The document that has come to its end, spoilt by what could not be read after it."""
    if document is not None:
        document.errors += [bad.error for bad in unread]
        yield document
    elif unread:
        yield Document((), [unread[0]], [bad.error for bad in unread], unread[-1].line)


def _key(row: Row, dialect: Dialect) -> Key:
    cells = row.cells
    kind, store = cells.get("type") or dialect.type, cells.get("store") or dialect.store
    number = cells.get("id", ""), cells.get("document", ""), cells.get("voids", "")
    return kind, store, *number, *(() if any(number) else (cells.get("occurred_at", ""), _day_and_time(row)))


def _day_and_time(row: Row) -> str:
    return f"{row.cells.get('date', '')} {row.cells.get('time', '')}".strip()
