"""What a guest ordered comes into the account whose address was proved to be the guest's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from omni_sync.oscar.models import Order
from omni_sync.people.models import Person, Touchpoint
from omni_sync.people.normal import normal
from omni_sync.people.timeline import Touch, touch
from omni_sync.sales.models import Sale
from omni_sync.sales.touch import touch_document
from omni_sync.transactions import inside_transaction


@inside_transaction
def take_over_orders(*, user: Any, person: Person, email: str) -> int:
    """Orders that guests placed with ``email``, in its normal form, are the account's; how many. Taken once."""
    guests = Order.objects.select_for_update(no_key=True).filter(user=None, guest_email__iexact=email).order_by("pk")
    orders = [order for order in guests if normal("email", order.guest_email) == email]
    take_over(user=user, person=person, orders=orders)
    return len(orders)


@inside_transaction
def take_over(*, user: Any, person: Person, orders: Sequence[Any]) -> None:
    """These orders of guests are the account's. The caller has locked them."""
    numbers = [order.pk for order in orders]
    Order.objects.filter(pk__in=numbers).update(user=user)
    touch(_touch(order, person.pk) for order in orders)
    Sale.objects.filter(order__in=numbers, person=None).update(person=person)
    for sale in Sale.objects.filter(order__in=numbers, person=person):
        touch_document(sale)


def _touch(order: Any, person_id: int) -> Touch:
    web, ordered = Touchpoint.Channel.WEB, Touchpoint.Kind.ORDER
    return Touch(person_id, web, ordered, order.date_placed, f"order:{order.pk}", data={"number": str(order.number)})
