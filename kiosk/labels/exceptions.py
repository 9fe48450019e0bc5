from __future__ import annotations

from collections.abc import Sequence


class NothingToPrint(Exception):
    """None of what was asked for can be printed: goods without a price, and numbers that nothing here has."""

    def __init__(self, unpriced: Sequence[str] = (), unknown: Sequence[str] = ()) -> None:
        super().__init__(unpriced, unknown)
        self.unpriced, self.unknown = list(unpriced), list(unknown)


class UnreadableList(Exception):
    """A file of numbers that is too large, or no text."""


class NotMade(Exception):
    """A run without sheets can't be on the shelves."""
