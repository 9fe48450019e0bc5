"""What needs a store: its pickups by what is to be done with them, and what was promised but is not there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from django.db.models import Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery, Sum, Window
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce, RowNumber

from instore.pickup.models import OPEN, Answer, Pickup, PickupLine, State
from instore.stores.models import Store
from omni_sync.oscar.models import Product
from omni_sync.stock.models import Hold, Shortfall
from omni_sync.stock.shortfall import endangered_by

#: In the order in which they are asked for: who waits longest for us comes first.
NEEDS: Final = (State.PLACED, State.PICKING, State.READY, State.EXPIRED)
AT_A_GLANCE: Final = 8  # a tablet's height; the page is read again at every change of any of them
ON_A_PAGE: Final = 50
MOST_SHORTFALLS: Final = 15


@dataclass(slots=True)
class Need:
    """Pickups in one state: how many there are, the oldest of them, and of how many the shopper is here."""

    state: State
    count: int
    rows: list[Pickup] = field(default_factory=list)
    here: int = 0

    @property
    def more(self) -> int:
        """How many are not among the rows."""
        return self.count - len(self.rows)


@dataclass(frozen=True, slots=True)
class Here:
    """Shoppers who say that they are here: how many there are, and who has waited longest."""

    count: int
    rows: list[Pickup]


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
    found = {state: Need(state, 0) for state in NEEDS}
    found |= {need.state: need for need in _counted(store)}
    if any(need.count for need in found.values()):
        place = Window(RowNumber(), partition_by=F("state"), order_by=_oldest_first())
        rows = _rows(store).filter(state__in=NEEDS).annotate(place=place).filter(place__lte=AT_A_GLANCE)
        for pickup in rows.order_by("place"):
            found[State(pickup.state)].rows.append(pickup)
    return list(found.values())


def here_now(needs: list[Need]) -> Here:
    """Who is expected and here, out of ``needs``: in each state they come first."""
    rows = [row for need in needs for row in need.rows if row.is_open and row.here_at]
    rows.sort(key=lambda row: (row.here_at, row.pk))
    return Here(sum(need.here for need in needs if need.state in OPEN), rows[:AT_A_GLANCE])


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


def _counted(store: Store) -> list[Need]:
    """The states there are, without their rows."""
    rows = Pickup.objects.filter(store=store, state__in=NEEDS).values_list("state").order_by()
    counts = rows.annotate(Count("pk"), Count("here_at"))
    return [Need(State(state), count, here=here) for state, count, here in counts]


def _rows(store: Store) -> QuerySet[Pickup]:
    """With how many pieces are ``ordered`` and ``picked``, and whether their shopper is ``asked`` or ``waits``."""
    lines = PickupLine.objects.filter(pickup=OuterRef("pk")).order_by().values("pickup")
    ordered = Subquery(lines.annotate(sum=Sum("quantity")).values("sum"), output_field=IntegerField())
    picked = Subquery(lines.annotate(sum=Sum("picked")).values("sum"), output_field=IntegerField())
    rows = Pickup.objects.filter(store=store).select_related("order").defer("code", "code_hash", "token_hash")
    rows = rows.annotate(ordered=Coalesce(ordered, 0), picked=Coalesce(picked, 0))
    of_shopper = PickupLine.objects.in_question().filter(pickup=OuterRef("pk"))
    return rows.annotate(
        asked=Exists(of_shopper.filter(answer="")), waits=Exists(of_shopper.filter(answer=Answer.WAIT))
    )


def _oldest_first() -> list[OrderBy]:
    """Who waits at the counter, then by the promise."""
    return [
        F("here_at").asc(nulls_last=True),
        F("promised_at").asc(nulls_last=True),
        F("placed_at").asc(),
        F("pk").asc(),
    ]
