"""What was bought and brought back: the tax record stays, who it was is forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.dispatch import receiver

from omni_sync.oscar.models import BillingAddress, Order, OrderLine, OrderLineAttribute, OrderNote, ShippingAddress
from omni_sync.people.models import Identifier
from omni_sync.people.signals import open_orders_asked, person_erased, person_exported
from omni_sync.sales.models import ReturnLine

ORDER: Final = (
    "number", "date_placed", "status", "currency", "total_incl_tax", "total_excl_tax", "shipping_incl_tax",
    "shipping_method", "guest_email", "sale__channel", "sale__store__name",
)  # fmt: skip
LINE: Final = (
    "order__number", "title", "partner_sku", "quantity", "unit_price_incl_tax", "line_price_incl_tax",
    "line_price_excl_tax", "partner_line_notes",
)  # fmt: skip


def orders_of(*, person_ids: Sequence[int], user_ids: Sequence[int], emails: Sequence[str]) -> QuerySet[Order]:
    """Orders from every channel: of these accounts, of till sales to these persons, of guests with these addresses."""
    typed = Q(typed__in=[email.lower() for email in emails if email])
    mine: QuerySet[Order] = Order.objects.annotate(typed=Lower("guest_email")).filter(
        Q(user__in=user_ids) | Q(sale__person__in=person_ids) | typed
    )
    return mine.order_by("pk")


def proved_emails(person_ids: Sequence[int]) -> list[str]:
    """Addresses that somebody proved to be this human's."""
    proved = Identifier.objects.filter(person__in=person_ids, kind=Identifier.Kind.EMAIL, verified_at__isnull=False)
    return list(proved.values_list("value", flat=True))


@receiver(person_exported, dispatch_uid="lintas.sales.export")
def export(sender: Any, person_ids: list[int], user_ids: list[int], add: Any, **_: Any) -> None:
    """Orders with lines, addresses and notes, and returns; of guests' orders those with a proved address."""
    orders = orders_of(person_ids=person_ids, user_ids=user_ids, emails=proved_emails(person_ids))
    mine = list(orders.values_list("pk", flat=True))
    add("orders", orders.values(*ORDER))
    add("order_lines", OrderLine.objects.filter(order__in=mine).order_by("pk").values(*LINE))
    for kind, model in _ADDRESSES.items():
        add(kind, model.objects.filter(order__in=mine).order_by("pk").values("order__number", *_told(model)))
    add("order_notes", OrderNote.objects.filter(order__in=mine).order_by("pk").values("order__number", "message"))
    returned = ReturnLine.objects.filter(sale_return__person__in=person_ids).order_by("pk")
    add("returns", returned.values("sale_return__number", "sale_return__occurred_at", "sku", "quantity", "amount"))


@receiver(open_orders_asked, dispatch_uid="lintas.sales.open")
def tell_open(sender: Any, person_ids: list[int], user_ids: list[int], values: list[str], add: Any, **_: Any) -> None:
    """Orders that may still become something else: on their way, or being made ready."""
    for order in orders_of(person_ids=person_ids, user_ids=user_ids, emails=values):
        if order.available_statuses():
            add(str(order.number))


@receiver(person_erased, dispatch_uid="lintas.sales.forget")
def forget(sender: Any, person_ids: list[int], user_ids: list[int], values: list[str], **_: Any) -> None:
    """Addresses keep their country, orders their lines and amounts; what was written beside them goes."""
    orders = orders_of(person_ids=person_ids, user_ids=user_ids, emails=values)
    mine = list(orders.values_list("pk", flat=True))
    for model in _ADDRESSES.values():
        model.objects.filter(order__in=mine).update(**dict.fromkeys(_told(model), ""))
    OrderNote.objects.filter(order__in=mine).delete()
    OrderLineAttribute.objects.filter(line__order__in=mine).update(value="")
    OrderLine.objects.filter(order__in=mine).update(partner_line_notes="")
    Order.objects.filter(pk__in=mine).update(guest_email="")


_ADDRESSES: Final[dict[str, Any]] = {"shipping_addresses": ShippingAddress, "billing_addresses": BillingAddress}


def _told(model: Any) -> list[str]:
    """What is written in an address, its country apart."""
    return [f.name for f in model._meta.concrete_fields if isinstance(f, (models.CharField, models.TextField))]
