"""From moments to keys: what comes in is numbered, so a span of time is a span of keys."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from omni_sync.pos.models import Delivery, InboxEvent

#: Two deliveries that come in together may be numbered the other way round.
SLACK: Final = timedelta(minutes=10)


def keys_within(
    rows: type[Delivery] | type[InboxEvent], since: datetime | None, until: datetime | None
) -> tuple[int, int | None]:
    """Keys between which all rows lie that came in between these moments, with a little more on either side."""
    first = 0
    if since:
        found = _first_after(rows, since - SLACK)
        first = _beyond(rows) if found is None else found
    return first, _first_after(rows, until + SLACK) if until else None


def _first_after(rows: type[Delivery] | type[InboxEvent], moment: datetime) -> int | None:
    """The key of the first row after ``moment``; an event comes in with its delivery, which has the index."""
    later = Delivery.objects.filter(received_at__gte=moment).order_by("received_at")
    if rows is Delivery:
        return later.values_list("pk", flat=True).first()
    with_events = later.filter(events__isnull=False).order_by("received_at", "events")
    return with_events.values_list("events", flat=True).first()


def _beyond(rows: type[Delivery] | type[InboxEvent]) -> int:
    newest = rows._default_manager.order_by("-pk").values_list("pk", flat=True).first()
    return (newest or 0) + 1
