"""How the pickups of stores go: what waits now, and week by week what was late, short or never collected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import (
    BooleanField,
    CharField,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from instore.pickup.models import Pickup, PickupLine, State
from omni_sync.stock.models import default_timezone

WEEKS: Final = 6
UNREADY: Final = (State.PICKING.value, State.PLACED.value)
#: What somebody still has to do something about.
WAITING: Final = (State.PLACED, State.PICKING, State.READY, State.EXPIRED)

_OVERDUE: Final = Q(state__in=UNREADY, promised_at__lt=Now())
_IS_SHORT: Final = Exists(PickupLine.objects.filter(pickup=OuterRef("pk")).exclude(short_reason=""))

#: The pickups that a figure counts, and what they are called.
KINDS: Final = {
    **{state.value: (state.label, Q(state=state.value)) for state in WAITING},
    "overdue": (_("late now"), _OVERDUE),
    "late": (_("late"), Q(ready_at__gt=F("promised_at")) | _OVERDUE),
    "short": (_("something was missing"), Q(_IS_SHORT)),
    "no-show": (_("not collected in time"), Q(state__in=[State.EXPIRED.value, State.PUT_BACK.value])),
    "on-time": (_("ready on time"), Q(ready_at__lte=F("promised_at"))),
}


@dataclass(frozen=True, slots=True)
class Week:
    """The pickups of a store that were promised in the week that began on ``monday``, in the store's own time."""

    monday: date
    pickups: int
    late: int
    short: int
    no_shows: int
    on_time: int

    @property
    def percent_on_time(self) -> int | None:
        """Of those that are ready, or should be; None where none is."""
        due = self.late + self.on_time
        return round(100 * self.on_time / due) if due else None


@dataclass(slots=True)
class Figures:
    """One store: how many wait in each state, how many of those are late, and its weeks, the latest first."""

    waiting: dict[str, int] = field(default_factory=lambda: {state.value: 0 for state in WAITING})
    overdue: int = 0
    weeks: list[Week] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Nothing waits, and nothing was promised in these weeks."""
        return not self.weeks and not any(self.waiting.values())


def figures(stores: Collection[int]) -> dict[int, Figures]:
    """By store, of the latest WEEKS weeks with pickups and all that are still to come: two queries."""
    found: dict[int, Figures] = defaultdict(Figures)
    here = Pickup.objects.filter(store__in=stores).order_by()
    waiting = here.filter(state__in=WAITING).values_list("store", "state")
    for store, state, count, overdue in waiting.annotate(Count("pk"), late=Count("pk", filter=_OVERDUE)):
        found[store].waiting[state] = count
        found[store].overdue += overdue
    lately = here.annotate(week=week_of()).filter(week__gt=timezone.now().date() - timedelta(weeks=WEEKS))
    counted = {name: Count("pk", filter=Q(**{name: True})) for name in ("late", "short", "no_show", "on_time")}
    rows = lately.annotate(**{name: _is(name) for name in counted}).values_list("store", "week")
    counts = rows.annotate(Count("pk"), **{f"{name}s": count for name, count in counted.items()})
    for store, *facts in counts.order_by("-week"):
        found[store].weeks.append(Week(*facts))
    return found


def _is(name: str) -> ExpressionWrapper[Any]:
    return ExpressionWrapper(KINDS[name.replace("_", "-")][1], output_field=BooleanField())


def week_of() -> Cast:
    """The Monday of the week in which a pickup was promised, or ordered where nothing was, in its store's own time."""
    zone = Coalesce("store__partner__location__timezone", Value(default_timezone()), output_field=CharField())
    local = Func(zone, Coalesce("promised_at", "placed_at"), function="timezone")
    return Cast(Func(Value("week"), local, function="date_trunc"), DateField())
