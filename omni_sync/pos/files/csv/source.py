"""CSV files as native events. The standard library's parser does: it is quick, strict, and reads row by row."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from omni_sync.pos.files.csv.dialect import Dialect
from omni_sync.pos.files.csv.documents import documents
from omni_sync.pos.files.csv.events import Writer
from omni_sync.pos.files.csv.rows import Rows
from omni_sync.pos.files.exceptions import Unsayable
from omni_sync.pos.files.stores import Stores
from omni_sync.pos.files.told import Told


class CsvFile:
    """A CSV file, its dialect stated or as the file shows it. Raises Unreadable when its header can't be read.

    ``rows_rejected`` counts the rows of documents that can't be told; ``notes`` is what one should know of how the
    file is read.
    """

    def __init__(self, path: Path, dialect: Dialect, stores: Stores) -> None:
        self._rows = Rows(path, dialect)
        pays = any(ours == "payment_amount" for _, ours in self._rows.columns)
        self._writer = Writer(dialect, stores, pays)
        self.rows_rejected = 0
        self.ignored: Counter[str] = Counter()

    @property
    def broken(self) -> str:
        """Where and why reading stopped before the end; "" when it did not."""
        return self._rows.broken

    @property
    def notes(self) -> list[str]:
        """What was decided for want of being told, and what of the file means nothing to us."""
        notes = [f"it is not UTF-8, and read as {self._rows.encoding}"] if self._rows.encoding == "cp1252" else []
        if self._rows.unread:
            notes.append(f"not read: {', '.join(self._rows.unread)}")
        return notes

    def stores(self) -> list[str]:
        """All stores that are there."""
        return []

    def events(self) -> Iterator[Told]:
        """One event for each document, in the order of the file."""
        for document in documents(self._rows, self._writer.dialect):
            try:
                event = self._writer.event(document)
            except Unsayable as refusal:
                self.rows_rejected += len(document.rows)
                yield Told(None, document.place, refusal.reason)
            else:
                yield Told(json.dumps(event, separators=(",", ":")).encode(), document.place)
