"""When goods can be collected: the promise a shopper is shown before choosing a store."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from instore.stores.hours import Hours

if TYPE_CHECKING:
    from instore.stores.models import Store

STEP: Final = timedelta(minutes=15)
HORIZON_DAYS: Final = 60
NOTHING: Final = timedelta(0)


def collect_from(store: "Store", now: datetime) -> datetime | None:
    """The earliest instant at which goods asked for at ``now`` can be collected at ``store``, in its own zone.

    Preparing takes ``lead_minutes`` of time in which the store is open; the end is rounded up to a quarter of an hour
    and never falls outside opening hours. None when the store does not open within two months.
    """
    return earliest(
        store.hours, lead_minutes=store.lead_minutes, zone=ZoneInfo(store.partner.location.timezone), now=now
    )


def earliest(hours: Hours, *, lead_minutes: int, zone: ZoneInfo, now: datetime) -> datetime | None:
    """What ``collect_from`` promises, from the bare facts."""
    work = timedelta(minutes=lead_minutes)
    for start, end in hours.spans(after=now, zone=zone, days=HORIZON_DAYS):
        begin = max(start, now.astimezone(UTC))
        if end - begin < work:
            work -= end - begin
            continue
        ready = _rounded_up(begin + work, zone)
        if ready < end:
            return ready.astimezone(zone)
        work = NOTHING
    return None


def _rounded_up(instant: datetime, zone: ZoneInfo) -> datetime:
    """``instant`` at the next quarter of an hour on the wall of ``zone``, in UTC."""
    local = instant.astimezone(zone)
    past = timedelta(minutes=local.minute % 15, seconds=local.second, microseconds=local.microsecond)
    return instant if not past else instant + STEP - past
