"""Everything somebody bought, on the web and at any till, in one list."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.db.models import F

from omni_sync.oscar.models import Order, OrderLine
from omni_sync.people.models import Person
from omni_sync.sales.models import Sale
from shop.storefront.account.standing import Standing, standing_of
from shop.storefront.account.thumbs import first_image
from shop.storefront.memory import Edition
from shop.storefront.pictures import Picture, picture

if TYPE_CHECKING:
    from django.db.models import QuerySet

PICTURES: Final = 4


@dataclass(frozen=True, slots=True)
class Bought:
    """One order in the list; ``store`` is the shop it was bought in, empty for the web."""

    number: str
    at: datetime
    total: Decimal
    currency: str
    store: str
    associate: str
    pieces: int
    first: str
    pictures: tuple[Picture, ...]
    more: int
    standing: Standing


def orders_of(user: Any) -> "QuerySet[Any]":
    """What ``user`` ordered on the web, and what the tills sold to the human this account is of; newest first."""
    web = Order.objects.filter(user=user).order_by().values("pk")
    tills = Sale.objects.filter(person__in=Person.objects.of_account(user)).values(pk=F("order"))
    found: QuerySet[Any] = Order.objects.filter(pk__in=web.union(tills))
    return found.order_by("-date_placed", "-pk")


def bought(orders: "QuerySet[Any]", *, edition: Edition) -> list[Bought]:
    """A row for each of ``orders``, in their order: two queries, one for none."""
    rows = list(orders.select_related("sale__store").defer("basket"))
    lines = _lines([row.pk for row in rows])
    return [_row(row, lines[row.pk], edition) for row in rows]


def _lines(orders: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    if not orders:
        return found
    lines = OrderLine.objects.filter(order__in=orders).order_by("order", "pk").annotate(image=first_image())
    for line in lines.values_list("order", "title", "quantity", "image", named=True):
        found[line.order].append(line)
    return found


def _row(order: Any, lines: Sequence[Any], edition: Edition) -> Bought:
    sale = sale_of(order)
    names = list(dict.fromkeys(line.image for line in lines if line.image))
    seen = [found for name in names[:PICTURES] if (found := picture(name, edition)) is not None]
    return Bought(
        number=order.number,
        at=order.date_placed,
        total=order.total_incl_tax,
        currency=order.currency,
        store=store_of(sale),
        associate=sale.associate if sale else "",
        pieces=sum(line.quantity for line in lines),
        first=lines[0].title if lines else "",
        pictures=tuple(seen),
        more=max(len(names) - PICTURES, 0),
        standing=standing_of(order, sale),
    )


def sale_of(order: Any) -> Sale | None:
    """What a till, the tablet or the web said of it; None for an order that nobody paid yet."""
    try:
        sale: Sale = order.sale
    except Sale.DoesNotExist:
        return None
    return sale


def store_of(sale: Sale | None) -> str:
    """The name of the shop it was bought in; empty for the web."""
    return str(sale.store) if sale and sale.channel != Sale.Channel.WEB else ""
