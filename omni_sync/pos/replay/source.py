"""Where till history comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from omni_sync.pos.files.told import Told


class Source(Protocol):
    """Till history in the order it happened.

    ``rows_rejected`` and ``ignored`` (transactions that change no books, by kind) count as the events are told;
    ``broken`` says afterwards where the history ends before its end, if it does.
    """

    rows_rejected: int

    @property
    def ignored(self) -> dict[str, int]: ...

    @property
    def broken(self) -> str: ...

    @property
    def notes(self) -> list[str]:
        """What somebody should know of how it is read."""

    def stores(self) -> list[str]:
        """The store codes the connection must speak for; empty means all that are there."""

    def events(self) -> Iterator[Told]:
        """Every event, oldest first."""
