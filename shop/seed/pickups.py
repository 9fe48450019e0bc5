"""Orders that people collect in the shops: to be picked, ready, short, late, fetched, forgotten, called off."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils import translation
from oscar.core.loading import get_class

from instore.pickup.cancel import cancel
from instore.pickup.expire import expire
from instore.pickup.hand_over import hand_over
from instore.pickup.models import Pickup, PickupStep, ShortReason, State
from instore.pickup.moves import By
from instore.pickup.pick import begin, mark_picked, mark_short
from instore.pickup.put_back import put_back
from instore.pickup.ready import mark_ready
from instore.stores.models import Store
from instore.stores.promise import collect_from
from omni_sync.carts.fulfilment import choose
from omni_sync.oscar.models import Basket, Order, PaymentSource, Product, StockRecord
from omni_sync.oscar.promise import holder_of_order, units
from omni_sync.sales.models import Sale
from omni_sync.sales.record import payment_type
from omni_sync.stock.dispatch import dispatch
from omni_sync.stock.models import Hold, Movement
from shop.seed import example
from shop.seed.day import Day
from shop.seed.people import ACCOUNTS, accounts
from shop.seed.places import CURRENCY
from shop.seed.staff import of_store

OrderCreator = get_class("order.utils", "OrderCreator")
Repository = get_class("shipping.repository", "Repository")
OrderTotalCalculator = get_class("checkout.calculators", "OrderTotalCalculator")
OrderNumberGenerator = get_class("order.utils", "OrderNumberGenerator")
Selector = get_class("partner.strategy", "Selector")

PLENTY: Final = 4  # that a shop has of what is ordered there
MINUTE: Final = timedelta(minutes=1)


class Wanted(NamedTuple):
    """A pickup before it is ordered, ``ago`` hours before the end of the day."""

    store: str
    ago: int
    state: State
    lines: int = 1
    is_short: bool = False
    is_paid: bool = False


WANTED: Final = (
    Wanted("menteng", 1, State.PLACED, lines=2),
    Wanted("menteng", 2, State.PLACED, is_paid=True),
    Wanted("menteng", 30, State.PLACED, lines=3),  # late
    Wanted("menteng", 3, State.PICKING, lines=3),
    Wanted("menteng", 25, State.READY, lines=2),
    Wanted("menteng", 28, State.READY, lines=2, is_short=True, is_paid=True),
    Wanted("menteng", 130, State.EXPIRED, lines=2),
    Wanted("menteng", 60, State.COLLECTED, is_paid=True),
    Wanted("dago", 2, State.PLACED),
    Wanted("dago", 27, State.READY, lines=2, is_paid=True),
    Wanted("dago", 75, State.CANCELLED),
    Wanted("dago", 100, State.COLLECTED, lines=2, is_short=True, is_paid=True),
    Wanted("malioboro", 3, State.PLACED, lines=2),
    Wanted("malioboro", 26, State.READY, is_paid=True),
    Wanted("malioboro", 180, State.PUT_BACK),
    Wanted("darmo", 4, State.PICKING, lines=2),
    Wanted("darmo", 50, State.COLLECTED, is_paid=True),
    Wanted("sanur", 5, State.PLACED, lines=2),
    Wanted("sanur", 80, State.COLLECTED, lines=2, is_paid=True),
)


def are_placed() -> bool:
    """Whether the pickups are there: they are placed all together."""
    return Pickup.objects.exists()


@transaction.atomic
def place(day: Day) -> None:
    """Order them as their people would have, and let staff do with each what was done since."""
    users = list(accounts().values())
    stores = {store.partner.code: store for store in Store.objects.select_related("partner__location")}
    with translation.override("en"):
        for n, wanted in enumerate(WANTED):
            store = stores[wanted.store]
            human = ACCOUNTS[(n * 7 + 2) % len(ACCOUNTS)]
            user = next(user for user in users if user.email == human.email)
            at = day.until - timedelta(hours=wanted.ago, minutes=7 * n % 60)
            order = _order(wanted, store, user, day, at)
            pickup = _carry_on(order.pickup, wanted, store, at)
            _date(pickup, day, at)


def _order(wanted: Wanted, store: Store, user: Any, day: Day, at: datetime) -> Any:
    basket = Basket.objects.create(owner=user, status=Basket.OPEN)
    basket.strategy = Selector().strategy(user=user)
    for product in _goods(wanted, store, day):
        basket.add_product(product, 2 if wanted.is_short else 1)
    choose(basket=basket, place=store.partner)
    basket.freeze()
    method = Repository().get_default_shipping_method(basket=basket)
    charge = method.calculate(basket)
    order = OrderCreator().place_order(
        basket=basket,
        total=OrderTotalCalculator().calculate(basket, charge),
        shipping_method=method,
        shipping_charge=charge,
        user=user,
        order_number=OrderNumberGenerator().order_number(basket),
        date_placed=at,
        asked={"pay_in_store": not wanted.is_paid, "name": user.get_full_name()},
    )
    basket.submit()
    if wanted.is_paid:
        PaymentSource.objects.create(
            order=order,
            source_type_id=payment_type("card"),
            currency=CURRENCY,
            amount_allocated=order.total_incl_tax,
            amount_debited=order.total_incl_tax,
            reference=f"demo-{order.number}",
        )
    return order


def _goods(wanted: Wanted, store: Store, day: Day) -> list[Any]:
    """What the shop has plenty of; never the variant that everybody watches."""
    records = StockRecord.objects.filter(partner=store.partner_id, level__on_hand__gte=F("level__held") + PLENTY)
    skus = sorted(records.exclude(partner_sku=example.SKU).values_list("partner_sku", flat=True))
    chosen = day.chance("pickups", wanted.store, wanted.ago).sample(skus, wanted.lines)
    return list(Product.objects.filter(stockrecords__partner=store.partner_id, stockrecords__partner_sku__in=chosen))


def _carry_on(pickup: Pickup, wanted: Wanted, store: Store, at: datetime) -> Pickup:
    """Bring it to where it stands, by what the staff of its store do."""
    by = By(place=f"{store.partner} tablet", who=of_store(wanted.store)[0].name)
    if wanted.state == State.CANCELLED:
        return cancel(pickup_id=pickup.pk, by=by)
    if wanted.state == State.PLACED:
        return pickup
    begin(pickup_id=pickup.pk, by=by)
    lines = list(pickup.lines.order_by("pk"))
    if wanted.state == State.PICKING:
        mark_picked(pickup_id=pickup.pk, line=lines[0].pk, quantity=lines[0].quantity)
        return pickup
    for n, line in enumerate(lines):
        if wanted.is_short and n == 0:
            found, reason = line.quantity - 1, ShortReason.NOT_FOUND
            mark_short(pickup_id=pickup.pk, line=line.pk, found=found, reason=reason, by=by)
        else:
            mark_picked(pickup_id=pickup.pk, line=line.pk, quantity=line.quantity)
    mark_ready(pickup_id=pickup.pk, by=by)
    promised = _promised(store, at)
    if wanted.state == State.COLLECTED:
        _fetch(pickup, by, promised + 10 * MINUTE)
    if wanted.state in (State.EXPIRED, State.PUT_BACK):
        Pickup.objects.filter(pk=pickup.pk).update(deadline=promised + timedelta(days=3))
        expire(pickup_id=pickup.pk)
    if wanted.state == State.PUT_BACK:
        put_back(pickup_id=pickup.pk, by=by)
    return pickup


def _fetch(pickup: Pickup, by: By, at: datetime) -> None:
    """The goods leave at ``at``; the hand-over, which would move them now, then finds them gone."""
    order: Any = pickup.order
    dispatch(
        holder=holder_of_order(order), lines=units(order.lines.all()), document=f"{order.number}/collected", at=at,
        kind=Movement.Kind.HAND_OVER, reason=Hold.Reason.COLLECTED,
    )  # fmt: skip
    hand_over(pickup_id=pickup.pk, by=by)
    Sale.objects.filter(order=order).update(occurred_at=at)


def _promised(store: Store, at: datetime) -> datetime:
    promised = collect_from(store, at)
    assert promised is not None  # our shops open every week
    return promised


def _date(pickup: Pickup, day: Day, at: datetime) -> None:
    """Date what was done as it would have been done: picked in time for the promise, and never after the day."""
    promised = _promised(Store.objects.select_related("partner__location").get(pk=pickup.store_id), at)
    deadline = promised + timedelta(days=3)
    when = {
        State.PLACED: at,
        State.CANCELLED: at + 30 * MINUTE,
        State.PICKING: promised - 40 * MINUTE,
        State.READY: promised - 20 * MINUTE,
        State.COLLECTED: promised + 10 * MINUTE,
        State.EXPIRED: deadline,
        State.PUT_BACK: deadline + timedelta(hours=12),
    }
    dated = {state: min(instant, day.until) for state, instant in when.items()}
    now = Pickup.objects.get(pk=pickup.pk)
    Pickup.objects.filter(pk=pickup.pk).update(
        placed_at=at,
        promised_at=promised,
        deadline=deadline,
        ready_at=now.ready_at and dated[State.READY],
        ended_at=now.ended_at and dated[State(now.state)],
    )
    for state, instant in dated.items():
        PickupStep.objects.filter(pickup=pickup.pk, after=state).update(at=instant)
    Order.objects.filter(pk=pickup.pk).update(date_placed=at)
