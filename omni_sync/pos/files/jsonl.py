"""A file with one native event on each line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from omni_sync.pos.adapters.native.json import parse
from omni_sync.pos.exceptions import Malformed
from omni_sync.pos.files.told import Told

LONGEST: Final = 4 * 1024 * 1024
BOM: Final = b"\xef\xbb\xbf"


class Lines:
    """Native events as JSON, a line each; blank lines are passed over.

    A line that is no JSON, or longer than a delivery may be, is rejected as an event by itself.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows_rejected = 0
        self.ignored: Counter[str] = Counter()
        self.broken = ""
        self.notes: list[str] = []

    def stores(self) -> list[str]:
        """All stores that are there."""
        return []

    def events(self) -> Iterator[Told]:
        """The lines, in their order."""
        with self.path.open("rb") as file:
            for number, line in enumerate(_lines(file), 1):
                said = line.removeprefix(BOM).strip() if number == 1 else line.strip()
                if said:
                    error = _error(said)
                    yield Told(None if error else said, f"line {number}", error)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The file's lines; of one that is too long no more than shows that it is."""
    while line := file.readline(LONGEST + 1):
        rest = line
        while len(rest) > LONGEST and not rest.endswith(b"\n"):
            rest = file.readline(LONGEST + 1)
        yield line


def _error(said: bytes) -> str:
    if len(said) > LONGEST:
        return f"more than {LONGEST} bytes in one line"
    try:
        event = parse(said)
    except Malformed as error:
        return str(error)
    return "" if isinstance(event, dict) else "an event is a JSON object"
