"""Orders that people placed on the web: some new, some under way, some sent, some cancelled."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.utils import translation
from oscar.core.loading import get_class, get_model

from omni_sync.oscar.models import Basket, Order, PaymentSource, Product, StockRecord
from omni_sync.oscar.promise import holder_of_order, units
from omni_sync.sales.record import payment_type
from omni_sync.stock.dispatch import dispatch
from shop.seed.day import HOME, Day
from shop.seed.people import ACCOUNTS, Human, accounts, indonesia
from shop.seed.places import CURRENCY, WAREHOUSE

OrderCreator = get_class("order.utils", "OrderCreator")
EventHandler = get_class("order.processing", "EventHandler")
Repository = get_class("shipping.repository", "Repository")
OrderTotalCalculator = get_class("checkout.calculators", "OrderTotalCalculator")
OrderNumberGenerator = get_class("order.utils", "OrderNumberGenerator")
Selector = get_class("partner.strategy", "Selector")
ShippingAddress = get_model("order", "ShippingAddress")
ShippingEventType = get_model("order", "ShippingEventType")
ShippingEvent = get_model("order", "ShippingEvent")
OrderStatusChange = get_model("order", "OrderStatusChange")

NEW, UNDER_WAY, SENT, CANCELLED = "Pending", "Being processed", "Complete", "Cancelled"
#: How each order stands, the oldest first.
STATES: Final = (
    *[SENT] * 6,
    CANCELLED,
    *[SENT] * 5,
    UNDER_WAY,
    SENT,
    CANCELLED,
    *[UNDER_WAY] * 4,
    NEW,
    UNDER_WAY,
    *[NEW] * 4,
)
FEW: Final = 6


class Wanted(NamedTuple):
    """An order before it is placed."""

    number: int
    human: Human
    at: datetime
    state: str
    skus: tuple[str, ...]


def are_placed() -> bool:
    """Whether the first of them is there: they are placed all together."""
    found: bool = Order.objects.filter(user__email=ACCOUNTS[1].email).exists()
    return found


@transaction.atomic
def place(day: Day, *, small: bool) -> None:
    """Place the orders as their people would have, at the days they did, and do with them what was done since."""
    users = accounts()
    wanted = plan(day)[-FEW:] if small else plan(day)
    products = {
        row.code: row for row in Product.objects.filter(code__in={sku for order in wanted for sku in order.skus})
    }
    with translation.override("en"):
        for order in wanted:
            placed = _place(order, users[order.human.first_name], [products[sku] for sku in order.skus])
            _carry_on(placed, order)


def plan(day: Day) -> list[Wanted]:
    """Who orders what, and when: goods that the warehouse has plenty of."""
    records = StockRecord.objects.filter(partner__code=WAREHOUSE[0], level__on_hand__gte=12)
    skus = sorted(records.values_list("partner_sku", flat=True))
    chance = day.chance("orders")
    result = []
    for n, state in enumerate(STATES):
        human = ACCOUNTS[(n * 5 + 1) % len(ACCOUNTS)]
        hours = 250 - 10 * n + chance.randrange(8)
        bought = tuple(chance.sample(skus, chance.choice((1, 1, 2, 2, 3))))
        result.append(
            Wanted(n, human, day.midnight - timedelta(hours=max(hours, 1), minutes=7 * n % 60), state, bought)
        )
    return result


def _place(wanted: Wanted, user: Any, products: Sequence[Any]) -> Any:
    basket = Basket.objects.create(owner=user)
    basket.strategy = Selector().strategy(user=user)
    for product in products:
        basket.add_product(product, 1)
    basket.freeze()
    address = ShippingAddress.objects.create(**_address(wanted.human))
    method = Repository().get_default_shipping_method(basket=basket, shipping_addr=address)
    charge = method.calculate(basket)
    order = OrderCreator().place_order(
        basket=basket,
        total=OrderTotalCalculator().calculate(basket, charge),
        shipping_method=method,
        shipping_charge=charge,
        user=user,
        shipping_address=address,
        order_number=OrderNumberGenerator().order_number(basket),
        date_placed=wanted.at,
    )
    basket.submit()
    _pay(order, wanted)
    return order


def _address(human: Human) -> dict[str, Any]:
    return {
        "first_name": human.first_name,
        "last_name": human.last_name,
        "line1": human.street,
        "line4": human.city,
        "postcode": human.postcode,
        "country": indonesia(),
        "phone_number": human.phone,
    }


def _pay(order: Any, wanted: Wanted) -> None:
    """By card, debited when the parcel leaves."""
    total: Decimal = order.total_incl_tax
    PaymentSource.objects.create(
        order=order,
        source_type_id=payment_type("card"),
        currency=CURRENCY,
        amount_allocated=total,
        amount_debited=total if wanted.state == SENT else Decimal(0),
        reference=f"demo-{wanted.number:03}",
    )


def _carry_on(order: Any, wanted: Wanted) -> None:
    """Bring the order to where it stands, by Oscar's own steps; then date these as they were taken."""
    if wanted.state in (UNDER_WAY, SENT):
        order.set_status(UNDER_WAY)
    if wanted.state == SENT:
        _send(order, wanted.at + timedelta(hours=20))
        order.set_status(SENT)
    if wanted.state == CANCELLED:
        order.set_status(CANCELLED)
    for n, change in enumerate(OrderStatusChange.objects.filter(order=order).order_by("pk"), 1):
        OrderStatusChange.objects.filter(pk=change.pk).update(date_created=wanted.at + timedelta(hours=10 * n))


def _send(order: Any, at: datetime) -> None:
    """The goods leave at ``at``; Oscar's shipping event, which would move them now, then finds them gone."""
    lines = list(order.lines.all())
    dispatch(holder=holder_of_order(order), lines=units(lines), document=f"{order.number}/1", at=at)
    kind, _ = ShippingEventType.objects.get_or_create(code="shipped", defaults={"name": "Shipped"})
    EventHandler().handle_shipping_event(order, kind, lines, [line.quantity for line in lines])
    ShippingEvent.objects.filter(order=order).update(date_created=at.astimezone(HOME))
