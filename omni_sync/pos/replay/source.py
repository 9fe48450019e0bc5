"""Where till history comes from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(slots=True)
class Told:
    """One event as it goes over the wire; None stands for one that can't be said, and is rejected unsent."""

    event: bytes | None


class Source(Protocol):
    """Till history in the order it happened."""

    rows_rejected: int

    def stores(self) -> list[str]:
        """The store codes the connection must speak for; empty means all that are there."""

    def events(self) -> Iterator[Told]:
        """Every event, oldest first."""


class Lines:
    """A file with one native event on each line; blank lines are passed over."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows_rejected = 0

    def stores(self) -> list[str]:
        """All stores that are there."""
        return []

    def events(self) -> Iterator[Told]:
        """The lines; one that is not JSON is rejected as an event by itself."""
        with self.path.open("rb") as lines:
            for line in lines:
                if line.strip():
                    yield Told(line.strip() if _is_json(line) else None)


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True
