"""What happens to orders below is followed by their pickups, and told to others, in the same transaction."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from instore.pickup.cancel import follow_order
from instore.pickup.exceptions import SlotFull, SlotGone
from instore.pickup.hand_over import follow_till
from instore.pickup.models import Pickup
from instore.pickup.money import settle_up
from instore.pickup.moves import By
from instore.pickup.notices import Notice, notify, notify_of, question_of
from instore.pickup.owed import costs
from instore.pickup.place import WEB, asked_for, place
from instore.pickup.refusals import SlotRefused
from instore.pickup.signals import (
    pickup_asked,
    pickup_cancelled,
    pickup_collected,
    pickup_expired,
    pickup_placed,
    pickup_ready,
    pickup_short,
)
from instore.pickup.tell import tell
from instore.pickup.times import times_at
from instore.pickup.touch import touch_step
from instore.stores.models import Store
from omni_sync.carts.fulfilment import fulfilment_of
from omni_sync.carts.models import Fulfilment
from omni_sync.checkout.signals import order_paid, times_asked
from omni_sync.checkout.times import Time
from omni_sync.oscar.signals import order_let_go, order_promised
from omni_sync.payments.models import Payment
from omni_sync.payments.signals import payment_captured
from omni_sync.sales.signals import order_costs_asked, order_handed_over


@receiver(times_asked, dispatch_uid="lintas.pickup.times")
def offer_times(sender: Any, basket: Any, **_: Any) -> list[Time]:
    """What is collected at a store is collected in one of its slots."""
    chosen = fulfilment_of(basket)
    store = _store_of(chosen) if chosen.is_collected else None
    return times_at(store, timezone.now()) if store is not None else []


@receiver(order_promised, dispatch_uid="lintas.pickup.place")
def place_pickup(sender: Any, order: Any, basket: Any, asked: Any, **_: Any) -> None:
    """An order whose basket is collected at a store is a pickup there. Raises SlotRefused: then nothing is ordered."""
    chosen = fulfilment_of(basket)
    if not chosen.is_collected:
        return
    store = _store_of(chosen)
    if store is not None:
        try:
            place(order=order, store=store, asked=asked_for(order, asked), by=By(place=WEB, user=order.user))
        except (SlotFull, SlotGone) as refused:
            raise SlotRefused(refused) from refused


@receiver(order_handed_over, dispatch_uid="lintas.pickup.till")
def collect_at_till(sender: Any, order: Any, sale: Any, **_: Any) -> None:
    """What a till handed over is collected."""
    follow_till(order=order, sale=sale)


@receiver(order_costs_asked, dispatch_uid="lintas.pickup.costs")
def say_costs(sender: Any, order: Any, **_: Any) -> Decimal | None:
    """What is in the bag is what is sold."""
    pickup = Pickup.objects.select_related("order").filter(pk=order.pk).first()
    return costs(pickup) if pickup is not None else None


@receiver(order_let_go, dispatch_uid="lintas.pickup.order")
def cancel_with_order(sender: Any, order: Any, **_: Any) -> None:
    """A cancelled order is collected by nobody."""
    follow_order(order=order, by=By(place="dashboard"))


@receiver(
    [pickup_placed, pickup_ready, pickup_collected, pickup_cancelled, pickup_expired],
    dispatch_uid="lintas.pickup.outbox",
)
def tell_others(sender: Any, pickup: Any, step: Any, **_: Any) -> None:
    """Tills and other systems hear of each."""
    tell(pickup=pickup, step=step)


@receiver(
    [pickup_placed, pickup_ready, pickup_collected, pickup_cancelled, pickup_expired],
    dispatch_uid="lintas.pickup.timeline",
)
def note_contact(sender: Any, pickup: Any, step: Any, **_: Any) -> None:
    """Whoever ordered with an account has each on their timeline."""
    touch_step(pickup=pickup, step=step)


@receiver(order_paid, dispatch_uid="lintas.pickup.paid")
def take_it_later(sender: Any, order: Any, **_: Any) -> bool:
    """What is collected is paid when it changes hands."""
    return Pickup.objects.filter(pk=order.pk).exists()


@receiver([pickup_collected, pickup_cancelled, pickup_expired, pickup_short], dispatch_uid="lintas.pickup.money")
def settle_money(sender: Any, pickup: Any, **_: Any) -> None:
    """What was paid online follows what is in the bag."""
    settle_up(pickup=pickup)


@receiver(payment_captured, dispatch_uid="lintas.pickup.captured")
def settle_taken(sender: Any, payment_id: int, **_: Any) -> None:
    """The bag may have become smaller, or nobody's, while the money was on its way."""
    payment = Payment.objects.get(pk=payment_id)
    pickup = Pickup.objects.select_related("order").filter(order__number=payment.reference).first()
    if pickup is not None:
        settle_up(pickup=pickup)


@receiver(
    [pickup_placed, pickup_short, pickup_ready, pickup_cancelled, pickup_expired],
    dispatch_uid="lintas.pickup.notices",
)
def tell_shopper(sender: Any, pickup: Any, step: Any, **_: Any) -> None:
    """Whoever ordered hears of each."""
    notify_of(pickup=pickup, step=step)


@receiver(pickup_asked, dispatch_uid="lintas.pickup.asked")
def ask_shopper(sender: Any, pickup: Any, line: Any, **_: Any) -> None:
    """Whoever ordered hears of each question."""
    notify(pickup=pickup, notice=Notice.ASKED, of=question_of(line))


def _store_of(chosen: Fulfilment) -> Store | None:
    return Store.objects.select_related("partner__location").filter(pk=chosen.partner_id).first()
