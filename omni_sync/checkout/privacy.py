"""Tries to pay: what the shopper typed, and what the provider told us of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.dispatch import receiver

from omni_sync.checkout.models import Intended
from omni_sync.payments.models import Call, Notice, Payment
from omni_sync.people.signals import open_orders_asked, person_erased, person_exported
from omni_sync.sales.privacy import orders_of, proved_emails


@receiver(person_exported, dispatch_uid="lintas.checkout.export")
def export(sender: Any, person_ids: list[int], user_ids: list[int], add: Any, **_: Any) -> None:
    """Every try to pay."""
    payments = _payments(person_ids, user_ids, proved_emails(person_ids)).order_by("pk")
    add(
        "payments",
        payments.values(
            "reference", "provider", "amount", "currency", "state", "captured", "refunded", "email", "made_at"
        ),
    )
    tries = _tries(person_ids, user_ids, proved_emails(person_ids)).order_by("pk")
    add(
        "orders_intended",
        tries.values("number", "amount", "currency", "state", "why", "email", "address", "billing", "asked", "made_at"),
    )


@receiver(open_orders_asked, dispatch_uid="lintas.checkout.open")
def tell_open(sender: Any, person_ids: list[int], user_ids: list[int], values: list[str], add: Any, **_: Any) -> None:
    """What may be paid this moment, and money that is on its way to or from them."""
    for number in (
        Intended.objects.open()
        .filter(Q(user__in=user_ids) | Q(email__in=values) & ~Q(email=""))
        .values_list("number", flat=True)
    ):
        add(number)
    waiting = Call.objects.filter(state=Call.State.WAITING, payment__in=_payments(person_ids, user_ids, values))
    for number in waiting.values_list("payment__reference", flat=True):
        add(number)


@receiver(person_erased, dispatch_uid="lintas.checkout.forget")
def forget(sender: Any, person_ids: list[int], user_ids: list[int], values: list[str], **_: Any) -> None:
    """Amounts and the provider's numbers stay; addresses, links and what the provider wrote go."""
    payments = _payments(person_ids, user_ids, values)
    said = list(payments.values_list("key", "session", "intent"))
    keys, sessions, intents = ([row[n] for row in said if row[n]] for n in range(3))
    notices = Notice.objects.filter(Q(key__in=keys) | Q(session__in=sessions) | Q(intent__in=intents))
    notices.update(body=b"")
    Payment.objects.filter(pk__in=list(payments.values_list("pk", flat=True))).update(
        email="", url="", paid_url="", back_url=""
    )
    _tries(person_ids, user_ids, values).update(email="", address={}, billing={}, asked={})


def _payments(person_ids: Sequence[int], user_ids: Sequence[int], emails: Sequence[str]) -> QuerySet[Payment]:
    """Of their orders, of what they wanted to order, and those begun with their address."""
    orders = orders_of(person_ids=person_ids, user_ids=user_ids, emails=emails)
    numbers = [str(number) for number in orders.values_list("number", flat=True)]
    keys = list(_tries(person_ids, user_ids, emails).values_list("key", flat=True))
    payments = Payment.objects.annotate(typed=Lower("email"))
    return payments.filter(Q(reference__in=numbers) | Q(key__in=keys) | Q(typed__in=_plain(emails)))


def _tries(person_ids: Sequence[int], user_ids: Sequence[int], emails: Sequence[str]) -> QuerySet[Intended]:
    orders = orders_of(person_ids=person_ids, user_ids=user_ids, emails=emails)
    ended = Intended.objects.exclude(state=Intended.State.OPEN).annotate(typed=Lower("email"))
    return ended.filter(Q(user__in=user_ids) | Q(order__in=orders.values("pk")) | Q(typed__in=_plain(emails)))


def _plain(emails: Sequence[str]) -> list[str]:
    return [email.lower() for email in emails if email]
