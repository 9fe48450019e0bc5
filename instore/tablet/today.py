"""What needs a store: its pickups by what is to be done with them, and what was promised but is not there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Sum, Window
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce, RowNumber

from instore.pickup.models import Pickup, PickupLine, State
from instore.stores.models import Store
from omni_sync.oscar.models import Product
from omni_sync.stock.models import Hold, Shortfall
from omni_sync.stock.shortfall import endangered_by

#: In the order in which they are asked for: who waits longest for us comes first.
NEEDS: Final = (State.PLACED, State.PICKING, State.READY, State.EXPIRED)
AT_A_GLANCE: Final = 15
ON_A_PAGE: Final = 50
MOST_SHORTFALLS: Final = 15


@dataclass(slots=True)
class Need:
    """Pickups in one state: how many there are, and the oldest of them."""

    state: State
    count: int
    rows: list[Pickup] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many are not among the rows."""
        return self.count - len(self.rows)


@dataclass(frozen=True, slots=True)
class Danger:
    """``missing`` of a product are promised but not there; ``pickups`` can't be filled, the newest promise first.

    Others than pickups of this store may be endangered too: ``others`` orders.
    """

    product: Product
    missing: int
    pickups: list[Pickup]
    others: int


def needs(store: Store) -> list[Need]:
    """Every state in which something is to be done, with the oldest pickups of each: two queries, one for none."""
    counts = _counts(store)
    found = {state: Need(state, counts.get(state, 0)) for state in NEEDS}
    if any(counts.values()):
        place = Window(RowNumber(), partition_by=F("state"), order_by=_oldest_first())
        rows = _rows(store).filter(state__in=NEEDS).annotate(place=place).filter(place__lte=AT_A_GLANCE)
        for pickup in rows.order_by("place"):
            found[State(pickup.state)].rows.append(pickup)
    return list(found.values())


def all_in(store: Store, state: State) -> QuerySet[Pickup]:
    """Every pickup of the store in this state, the oldest first."""
    return _rows(store).filter(state=state).order_by(*_oldest_first())


def dangers(store: Store) -> list[Danger]:
    """What is promised here but not there, the oldest first: three queries, one for none."""
    open_ones = Shortfall.objects.filter(
        kind=Shortfall.Kind.PROMISE, closed_at=None, stockrecord__partner=store.partner_id
    )
    shortfalls = list(
        open_ones.select_related("stockrecord__product__parent", "stockrecord__product__entry").order_by(
            "opened_at", "pk"
        )[:MOST_SHORTFALLS]
    )
    if not shortfalls:
        return []
    holds = endangered_by(shortfalls)
    numbers = {hold.holder for some in holds.values() for hold in some if hold.holder_kind == Hold.ORDER}
    pickups = {str(pickup.order.number): pickup for pickup in _rows(store).filter(order__number__in=numbers)}
    return [_danger(one, holds[one.pk], pickups) for one in shortfalls]


def _danger(shortfall: Shortfall, holds: list[Hold], pickups: dict[str, Pickup]) -> Danger:
    here = [pickups[hold.holder] for hold in holds if hold.holder_kind == Hold.ORDER and hold.holder in pickups]
    return Danger(shortfall.stockrecord.product, shortfall.missing, here, len(holds) - len(here))


def _counts(store: Store) -> dict[str, int]:
    rows = Pickup.objects.filter(store=store, state__in=NEEDS).values_list("state").annotate(Count("pk")).order_by()
    return defaultdict(int, rows)


def _rows(store: Store) -> QuerySet[Pickup]:
    """With ``pieces``: how many are ordered, or in the bag once that is known."""
    lines = PickupLine.objects.filter(pickup=OuterRef("pk")).order_by().values("pickup")
    ordered = Subquery(lines.annotate(sum=Sum("quantity")).values("sum"), output_field=IntegerField())
    picked = Subquery(lines.annotate(sum=Sum("picked")).values("sum"), output_field=IntegerField())
    rows = Pickup.objects.filter(store=store).select_related("order").defer("code", "code_hash", "token_hash")
    return rows.annotate(ordered=Coalesce(ordered, 0), picked=Coalesce(picked, 0))


def _oldest_first() -> list[OrderBy]:
    """Who waits at the counter, then by the promise."""
    return [
        F("here_at").asc(nulls_last=True),
        F("promised_at").asc(nulls_last=True),
        F("placed_at").asc(),
        F("pk").asc(),
    ]
