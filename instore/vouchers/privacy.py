"""Vouchers are their bearers': of a person it is known only that something of their orders came back as one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.dispatch import receiver

from instore.vouchers.models import CreditVoucher
from omni_sync.messages.forget import forget as forget_messages
from omni_sync.messages.models import Message
from omni_sync.people.signals import person_erased, person_exported
from omni_sync.sales.privacy import orders_of, proved_emails


@receiver(person_exported, dispatch_uid="lintas.vouchers.export")
def export(sender: Any, person_ids: list[int], user_ids: list[int], add: Any, **_: Any) -> None:
    """What went back to them as vouchers, presents apart: those are somebody else's."""
    mine = _vouchers(person_ids, user_ids, proved_emails(person_ids)).filter(is_gift=False)
    add(
        "vouchers",
        mine.values("number", "store__partner__name", "currency", "amount", "balance", "made_at", "ends_at"),
    )


@receiver(person_erased, dispatch_uid="lintas.vouchers.forget")
def forget(sender: Any, person_ids: list[int], user_ids: list[int], values: list[str], **_: Any) -> None:
    """For whose goods it was issued is forgotten; the money is owed to who has it all the same."""
    for voucher in _vouchers(person_ids, user_ids, values):
        CreditVoucher.objects.filter(pk=voucher.pk).update(sale_return=None)
        forget_messages(Message.objects.filter(key__startswith=f"voucher-{voucher.number}-"))


def _vouchers(person_ids: Sequence[int], user_ids: Sequence[int], emails: Sequence[str]) -> Any:
    orders = orders_of(person_ids=person_ids, user_ids=user_ids, emails=emails)
    mine = Q(sale_return__order__in=orders.values("pk")) | Q(sale_return__person__in=person_ids)
    return CreditVoucher.objects.filter(mine).order_by("pk")
