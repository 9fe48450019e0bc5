"""The basket page: its lines, where they can come from, and what it costs there."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.http import HttpRequest
from django.utils import timezone

from instore.stores.chosen import chosen
from instore.stores.queries import LOW, Place, places
from omni_sync.carts.fulfilment import fulfilment_of
from omni_sync.carts.live import basket_topic
from omni_sync.carts.models import Fulfilment
from shop.baskets.goods import Goods, goods_of
from shop.storefront.memory import edition_of

SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is shown. ``trouble`` is empty, ``not-there``, ``sold-out`` or ``too-many``."""

    pk: int
    goods: Goods
    quantity: int
    wrong: str  # what was typed instead and cannot be taken
    errors: tuple[str, ...]
    unit: Decimal | None
    total: Decimal | None
    before_discount: Decimal | None
    delivered: Decimal | None  # what one costs when it is sent, where that is something else
    currency: str
    available: int | None
    trouble: str

    @property
    def is_low(self) -> bool:
        return not self.trouble and self.available is not None and self.available <= LOW


@dataclass(frozen=True, slots=True)
class Lack:
    """Goods of which a place has fewer than the basket wants."""

    goods: Goods
    available: int


@dataclass(frozen=True, slots=True)
class Way:
    """A place that the basket could come from; ``code`` is what choosing it posts."""

    code: str
    name: str
    city: str
    distance_km: float | None
    ready: datetime | None
    lacks: tuple[Lack, ...]
    total: Decimal | None  # where it differs from what the lines cost now
    is_chosen: bool
    is_mine: bool

    @property
    def has_everything(self) -> bool:
        return not self.lacks


@dataclass(frozen=True, slots=True)
class BasketPage:
    """Everything the page shows beside Oscar's own totals."""

    lines: tuple[Line, ...]
    saved: tuple[tuple[Any, Goods], ...]
    fulfilment: Fulfilment
    delivery: Way
    stores: tuple[Way, ...]
    unlisted: int
    units: int
    currency: str
    topics: tuple[str, ...]

    @property
    def trouble(self) -> bool:
        """Whether something stands in the way of the checkout."""
        return any(line.trouble for line in self.lines)

    @property
    def chosen_way(self) -> Way | None:
        return next((way for way in (self.delivery, *self.stores) if way.is_chosen), None)


def basket_page(request: HttpRequest, *, forms: Sequence[Any] = (), saved: Sequence[Any] = ()) -> BasketPage:
    """What there is to say of the basket of ``request``; ``forms`` are those that were posted and refused.

    Three queries beside those that load the basket, at any number of lines and stores.
    """
    basket: Any = request.basket  # type: ignore[attr-defined]
    lines = list(basket.all_lines())
    fulfilment = fulfilment_of(basket)
    goods = goods_of({each.product_id for each in [*lines, *saved]}, edition_of(request))
    mine = chosen(request)
    found = places(products={line.product_id for line in lines}, near=mine.point if mine else None) if lines else []
    wanted = _wanted(lines)
    costs = _costs(lines)
    code = mine.code if mine else ""
    stores = _stores(found, wanted, goods, costs, fulfilment, code)
    everything = len(stores) if request.GET.get("shops") == "all" else SHOWN
    listed = [way for number, way in enumerate(stores) if number < everything or way.is_chosen]
    posted = {form.instance.pk: form for form in forms if form.errors}
    return BasketPage(
        lines=tuple(_line(line, goods, wanted, found, fulfilment, posted) for line in lines),
        saved=tuple((line, goods[line.product_id]) for line in saved),
        fulfilment=fulfilment,
        delivery=_delivery(found, wanted, goods, costs, fulfilment),
        stores=tuple(listed),
        unlisted=len(stores) - len(listed),
        units=sum(line.quantity for line in lines),
        currency=basket.currency or "",
        topics=(basket_topic(basket.pk),) if basket.pk else (),
    )


def _wanted(lines: Sequence[Any]) -> Counter[int]:
    wanted: Counter[int] = Counter()
    for line in lines:
        wanted[line.product_id] += line.quantity
    return wanted


def _costs(lines: Sequence[Any]) -> Decimal:
    return sum((line.line_price_incl_tax or Decimal(0) for line in lines), Decimal(0))


def _line(
    line: Any,
    goods: Mapping[int, Goods],
    wanted: Counter[int],
    found: Sequence[Place],
    fulfilment: Fulfilment,
    posted: Mapping[int, Any],
) -> Line:
    policy = line.purchase_info.availability
    form = posted.get(line.pk)
    unit = line.unit_price_incl_tax
    online = _online_price(found, line.product_id) if fulfilment.is_collected else None
    before, total = line.line_price_incl_tax, line.line_price_incl_tax_incl_discounts
    return Line(
        pk=line.pk,
        goods=goods[line.product_id],
        quantity=line.quantity,
        wrong=str(form.data.get(form.add_prefix("quantity"), "")) if form else "",
        errors=tuple(str(error) for errors in form.errors.values() for error in errors) if form else (),
        unit=unit,
        total=total,
        before_discount=before if before != total else None,
        delivered=online if online != unit and policy.code != "not-there" else None,
        currency=line.price_currency,
        available=getattr(policy, "num_available", None),
        trouble=_trouble(policy, wanted[line.product_id]),
    )


def _trouble(policy: Any, wanted: int) -> str:
    if policy.is_purchase_permitted(wanted)[0]:
        return ""
    available = getattr(policy, "num_available", None)
    if available is None:
        return "not-there" if policy.code == "not-there" else "sold-out"
    return "too-many" if available > 0 else "sold-out"


def _online_price(found: Sequence[Place], product: int) -> Decimal | None:
    offers = [place.offers[product] for place in found if place.sells_online and product in place.offers]
    return offers[0].price if offers else None


def _stores(
    found: Sequence[Place],
    wanted: Counter[int],
    goods: Mapping[int, Goods],
    costs: Decimal,
    fulfilment: Fulfilment,
    mine: str,
) -> list[Way]:
    """The shopper's own shop first, then those with everything, then those that lack least; nearest first in each."""
    now = timezone.now()
    partner = fulfilment.partner.code if fulfilment.partner else ""
    ways = [
        _way(place, wanted, goods, costs, now, is_chosen=place.code == partner, is_mine=place.code == mine)
        for place in found
        if place.is_store
    ]
    return sorted(ways, key=lambda way: (not way.is_mine, len(way.lacks)))


def _delivery(
    found: Sequence[Place], wanted: Counter[int], goods: Mapping[int, Goods], costs: Decimal, fulfilment: Fulfilment
) -> Way:
    """By parcel, from the place that lacks least."""
    sending = [place for place in found if place.sells_online]
    lacks = min((_lacks(place, wanted, goods) for place in sending), key=len, default=())
    total = next((_total(place, wanted) for place in sending if not lacks), None)
    return Way(
        code="deliver",
        name="",
        city="",
        distance_km=None,
        ready=None,
        lacks=lacks,
        total=total if total != costs else None,
        is_chosen=fulfilment.is_delivered,
        is_mine=False,
    )


def _way(
    place: Place,
    wanted: Counter[int],
    goods: Mapping[int, Goods],
    costs: Decimal,
    now: datetime,
    *,
    is_chosen: bool,
    is_mine: bool,
) -> Way:
    lacks = _lacks(place, wanted, goods)
    total = _total(place, wanted) if not lacks else None
    return Way(
        code=place.code,
        name=place.name,
        city=place.city,
        distance_km=place.distance_km,
        ready=place.collect_from(now) if len(lacks) < len(wanted) else None,
        lacks=lacks,
        total=total if total != costs else None,
        is_chosen=is_chosen,
        is_mine=is_mine,
    )


def _lacks(place: Place, wanted: Counter[int], goods: Mapping[int, Goods]) -> tuple[Lack, ...]:
    return tuple(
        Lack(goods[product], max(place.available(product), 0))
        for product, quantity in wanted.items()
        if not _can_fill(place, goods[product], quantity)
    )


def _can_fill(place: Place, goods: Goods, quantity: int) -> bool:
    return place.available(goods.pk) >= quantity if goods.is_counted else goods.pk in place.offers


def _total(place: Place, wanted: Counter[int]) -> Decimal | None:
    prices = [(place.offers[product].price, quantity) for product, quantity in wanted.items()]
    if any(price is None for price, _ in prices):
        return None
    return sum((price * quantity for price, quantity in prices if price is not None), Decimal(0))
