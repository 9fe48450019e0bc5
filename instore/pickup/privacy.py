"""Who collects, and who may do it for them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.dispatch import receiver

from instore.pickup.code import CODE_BYTES, TOKEN_BYTES
from instore.pickup.models import Pickup, PickupStep
from omni_sync.messages.forget import forget as forget_messages
from omni_sync.messages.models import Message
from omni_sync.people.signals import open_orders_asked, person_erased, person_exported
from omni_sync.sales.privacy import orders_of, proved_emails

PICKUP: Final = (
    "order__number", "store__partner__name", "state", "placed_at", "promised_at", "ready_at", "deadline", "ended_at",
    "name", "email", "phone", "friend", "here_at",
)  # fmt: skip


@receiver(person_exported, dispatch_uid="lintas.pickup.export")
def export(sender: Any, person_ids: list[int], user_ids: list[int], add: Any, **_: Any) -> None:
    """Pickups, what happened to each, and when a till asked whose code it was."""
    mine = _pickups(person_ids, user_ids, proved_emails(person_ids))
    add("pickups", mine.values(*PICKUP))
    steps = PickupStep.objects.filter(pickup__in=mine.values("pk")).order_by("pk")
    add("pickup_steps", steps.values("pickup__order__number", "before", "after", "place", "at", "note"))
    asked = mine.filter(code_lookups__isnull=False).order_by("code_lookups__pk")
    add("codes_looked_up", asked.values("order__number", "code_lookups__at", "code_lookups__connection__name"))


@receiver(open_orders_asked, dispatch_uid="lintas.pickup.open")
def tell_open(sender: Any, person_ids: list[int], user_ids: list[int], values: list[str], add: Any, **_: Any) -> None:
    """A bag that waits, or is being packed, for them."""
    for number in _pickups(person_ids, user_ids, values).open().values_list("order__number", flat=True):
        add(str(number))


@receiver(person_erased, dispatch_uid="lintas.pickup.forget")
def forget(sender: Any, person_ids: list[int], user_ids: list[int], values: list[str], **_: Any) -> None:
    """Names and codes go, also out of letters to another address."""
    mine = list(_pickups(person_ids, user_ids, values))
    PickupStep.objects.filter(pickup__in=mine, user__in=user_ids).update(who="")
    for pickup in mine:
        pickup.name = pickup.email = pickup.phone = pickup.friend = ""
        pickup.code, pickup.code_hash = b"", b"\0" * CODE_BYTES
        pickup.token_hash = secrets.token_bytes(TOKEN_BYTES)  # of no token
        pickup.save()
        forget_messages(Message.objects.filter(key__startswith=f"pickup-{pickup.pk}-"))


def _pickups(person_ids: Sequence[int], user_ids: Sequence[int], emails: Sequence[str]) -> Any:
    orders: QuerySet[Any] = orders_of(person_ids=person_ids, user_ids=user_ids, emails=emails)
    typed = Q(typed__in=[email.lower() for email in emails if email])
    return Pickup.objects.annotate(typed=Lower("email")).filter(Q(order__in=orders.values("pk")) | typed).order_by("pk")
