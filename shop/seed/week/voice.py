"""What a place says of itself: events under numbers and ids that only the day and the place decide."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from shop.seed.day import Day

Event = dict[str, Any]


@dataclass
class Voice:
    """A place that speaks, and what it has said so far."""

    code: str
    zone: ZoneInfo
    day: Day
    said: list[Event] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)  # documents so far, by day

    def number(self, days: int, register: object = 1) -> str:
        """A document number of the day: business date, register, running number."""
        self.numbers[days] = self.numbers.get(days, 0) + 1
        return f"{self.day.date + timedelta(days=days):%y%m%d}.{register}.{self.numbers[days]:03}"

    def say(self, kind: str, at: datetime, data: Mapping[str, Any]) -> Event:
        """Tell an event."""
        event = {
            "id": f"seed-{self.day.date:%y%m%d}-{self.code}-{len(self.said) + 1:04}",
            "type": kind,
            "store": self.code,
            "occurred_at": at.astimezone(self.zone).isoformat(timespec="seconds"),
            "data": dict(data),
        }
        self.said.append(event)
        return event

    def last_sale(self) -> Event:
        """The sale told last."""
        return next(event for event in reversed(self.said) if event["type"] == "sale.completed")
