"""The rows of a CSV file, with the lines they stand on, however long the file is."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

from omni_sync.pos.files.csv.columns import COLUMNS
from omni_sync.pos.files.csv.dialect import Dialect
from omni_sync.pos.files.csv.encoding import encoding_of
from omni_sync.pos.files.exceptions import Unreadable

DELIMITERS: Final = ",;\t|"
LONGEST: Final = 1024 * 1024
TOO_LONG: Final = f"more than {LONGEST} characters in one line"


@dataclass(slots=True)
class Row:
    """A row's cells by our names of the columns, those that say something; ``error`` when it can't be read."""

    line: int
    cells: dict[str, str]
    error: str = ""


class Rows:
    """Iterates over the rows below the header. ``unread`` are the columns that mean nothing to us.

    ``broken`` says where and why reading stopped before the end. Raises Unreadable when the header can't be read.
    """

    def __init__(self, path: Path, dialect: Dialect) -> None:
        self.path, self.dialect = path, dialect
        self.broken = ""
        self._last = "\n"
        self.encoding = dialect.encoding or encoding_of(path)
        try:
            with self._open() as file:
                self._skip, header = _header(file)
        except (LookupError, UnicodeError, csv.Error) as error:
            raise Unreadable(f"it can't be read as {self.encoding}: {error}") from error
        self.delimiter = dialect.delimiter or self._said_delimiter() or _sniff(header, dialect)
        self.columns = _columns(header, self.delimiter, dialect)
        self.unread = [name for name, ours in self.columns if not ours and name]

    def __iter__(self) -> Iterator[Row]:
        try:
            with self._open() as file:
                yield from self._rows(file)
        except UnicodeError as error:
            self.broken = f"it can't be read as {self.encoding}: {error}"

    def _open(self) -> TextIO:
        return self.path.open(encoding=self.encoding, errors="surrogateescape", newline="")

    def _rows(self, file: TextIO) -> Iterator[Row]:
        for _ in range(self._skip):
            file.readline()
        reader = csv.reader(self._lines(file), delimiter=self.delimiter, strict=True)
        next(reader, None)  # the header
        while True:
            start = self._skip + reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                self.broken = _endless(error, start)
                if self.broken:
                    return
                yield Row(start, {}, f"line {start}: {error}")
                continue
            if len(cells) < len(self.columns) and self._last not in "\r\n":
                self.broken = f"line {start}: the file ends in the middle of a row"
            elif any(cell.strip() for cell in cells):
                yield self._row(start, cells)

    def _lines(self, file: TextIO) -> Iterator[str]:
        for line in _lines(file):
            self._last = line[-1]
            yield line

    def _row(self, line: int, cells: list[str]) -> Row:
        extra = [cell for cell in cells[len(self.columns) :] if cell.strip()]
        said = {
            ours: text for (_, ours), cell in zip(self.columns, cells, strict=False) if ours and (text := cell.strip())
        }
        return Row(line, said, f"line {line}: {len(extra)} cells more than the header has" if extra else "")

    def _said_delimiter(self) -> str:
        """What spreadsheets write above the header: ``sep=;``."""
        with self._open() as file:
            first = file.readline(LONGEST).strip()
        return first[4:5] if first.lower().startswith("sep=") else ""


def _lines(file: TextIO) -> Iterator[str]:
    while line := file.readline(LONGEST):
        if len(line) == LONGEST:
            raise csv.Error(TOO_LONG)
        yield line


def _endless(error: csv.Error, line: int) -> str:
    """Why nothing after ``line`` can be told apart; "" when only that row is wrong."""
    if TOO_LONG in str(error):
        return f"line {line}: {TOO_LONG}"
    if "unexpected end" in str(error) or "field larger" in str(error):
        return f"line {line}: a quotation mark is opened there and not closed"
    return ""


def _header(file: TextIO) -> tuple[int, str]:
    """How many lines come before the header, and the header's line. Raises Unreadable."""
    for skip, line in enumerate(_lines(file)):
        if line.strip(" \t\r\n,;|") and not line.lower().startswith("sep="):
            return skip, line.rstrip("\r\n")
    raise Unreadable("it is empty")


def _sniff(header: str, dialect: Dialect) -> str:
    """The delimiter under which the header has most columns that we know, then most columns."""

    def known(delimiter: str) -> tuple[int, int]:
        try:
            cells = _cells(header, delimiter)
        except Unreadable:
            return 0, 0
        return sum(1 for cell in cells if _ours(cell, dialect)), len(cells)

    return max(DELIMITERS, key=known)


def _columns(header: str, delimiter: str, dialect: Dialect) -> list[tuple[str, str]]:
    """Each column's name in the file, and ours, "" for one that means nothing to us. Raises Unreadable."""
    columns = [(cell.strip(), _ours(cell, dialect)) for cell in _cells(header, delimiter)]
    ours = [name for _, name in columns if name]
    twice = sorted({name for name in ours if ours.count(name) > 1})
    if twice:
        raise Unreadable(f"two columns are called {', '.join(twice)}")
    absent = sorted(set(dialect.columns) - {name for name, _ in columns})
    if absent:
        raise Unreadable(f"there is no column {', '.join(absent)} in it")
    needed = {"type": dialect.type, "store": dialect.store, "occurred_at": "date" if "date" in ours else ""}
    missing = [name for name, other in needed.items() if name not in ours and not other]
    if missing:
        raise Unreadable(f"its header has no column {' and no column '.join(missing)}")
    return columns


def _cells(header: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([header], delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        raise Unreadable(f"its header can't be read: {error}") from error


def _ours(name: str, dialect: Dialect) -> str:
    """Our name of a column: as mapped, else as it is; a name that is mapped away from us is nobody's."""
    name = name.strip()
    ours = dialect.columns.get(name, name.lower())
    taken = set(dialect.columns.values())
    return ours if ours in COLUMNS and (name in dialect.columns or ours not in taken) else ""
