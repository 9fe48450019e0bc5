from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Short:
    """A line that could not be promised."""

    stockrecord_id: int
    wanted: int
    available: int


class SoldOut(Exception):
    """Nothing was promised, because ``lines`` could not be."""

    def __init__(self, lines: Sequence[Short]) -> None:
        super().__init__(lines)
        self.lines = list(lines)
