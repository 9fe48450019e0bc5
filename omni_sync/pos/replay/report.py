"""What came of a replay."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

#: As many rejections as the report itself carries; all of them are told as they happen.
MOST_NAMED: Final = 100


@dataclass(frozen=True, slots=True)
class Rejection:
    """An event that was not taken: where the source says it, its id if it has one, and why."""

    place: str
    event_id: str | None
    error: str

    def __str__(self) -> str:
        return ": ".join(filter(None, [self.place, self.event_id, self.error]))


@dataclass(slots=True)
class Report:
    """``events`` = accepted + duplicates + rejected, repeats included.

    ``conflicts`` are among the accepted: kept, not applied, and waiting for a person (R6). ``ignored`` are the
    source's transactions that change no books, by kind; ``broken`` is where the source ends before its end.
    """

    events: int = 0
    accepted: int = 0
    duplicates: int = 0
    rejected: int = 0
    rows_rejected: int = 0
    applied: int = 0
    conflicts: int = 0
    waiting: int = 0
    seconds: float = 0.0
    rejections: list[Rejection] = field(default_factory=list)
    ignored: dict[str, int] = field(default_factory=dict)
    broken: str = ""

    def reject(self, rejection: Rejection) -> None:
        """Count an event that was not taken, and name it while there is room."""
        self.rejected += 1
        if len(self.rejections) < MOST_NAMED:
            self.rejections.append(rejection)

    def as_json(self) -> dict[str, Any]:
        per_second = round(self.events / self.seconds, 1) if self.seconds else 0.0
        return {
            "events": self.events,
            "accepted": self.accepted,
            "duplicates": self.duplicates,
            "rejected": self.rejected,
            "rows_rejected": self.rows_rejected,
            "applied": self.applied,
            "conflicts": self.conflicts,
            "waiting": self.waiting,
            "ignored": self.ignored,
            "rejections": [{"at": r.place, "id": r.event_id, "error": r.error} for r in self.rejections],
            "broken": self.broken,
            "seconds": round(self.seconds, 2),
            "events_per_second": per_second,
        }
