"""What a file says, event by event."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Told:
    """One event as it goes over the wire, and where its file says it ("line 12").

    ``event`` is None for one that can't be said, with the ``error`` in words; it is rejected unsent.
    """

    event: bytes | None
    place: str = ""
    error: str = ""
