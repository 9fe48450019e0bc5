"""What an order says went back for a return: written with the return, and taken off where that never happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from omni_sync.oscar.models import PaymentSource, PaymentSourceType
from omni_sync.sales.models import Return
from omni_sync.sales.signals import return_undone
from omni_sync.transactions import inside_transaction

LONGEST: Final = 128


def label_of(row: Return) -> str:
    """By its number alone two stores' returns of one order may be called the same; by this, none."""
    tail = f" #{row.pk}"
    return f"{row.number[: LONGEST - len(tail)]}{tail}"


@inside_transaction
def note_refunds(row: Return) -> None:
    """Write what went back with the return on its order."""
    for refund in row.refunds:
        code = refund["method"][:LONGEST]
        kind, _ = PaymentSourceType.objects.get_or_create(code=code, defaults={"name": code})
        PaymentSource.objects.create(
            order_id=row.order_id,
            source_type=kind,
            currency=row.currency,
            amount_refunded=refund["amount"],
            reference=refund["reference"],
            label=label_of(row),
        )


def noted_for(row: Return) -> list[PaymentSource]:
    """What ``note_refunds`` wrote for the return, and nothing of any other's; no query where it wrote nothing."""
    if row.order_id is None or row.refunded_at is None:
        return []
    mine, before = label_of(row), row.number[:LONGEST]
    known = PaymentSource.objects.filter(order=row.order_id, amount_debited=0, label__in=[mine, before])
    rows = list(known.select_related("source_type").order_by("pk"))
    return [one for one in rows if one.label == mine] or _told_alike(row, rows)


def _told_alike(row: Return, rows: Sequence[PaymentSource]) -> list[PaymentSource]:
    """Once they were labelled with the number alone: of those, as many as the return told of each."""
    told = Counter((one["method"][:LONGEST], Decimal(one["amount"]), one["reference"]) for one in row.refunds)
    found = []
    for one in rows:
        which = (one.source_type.code, one.amount_refunded, one.reference)
        if told[which] > 0:
            told[which] -= 1
            found.append(one)
    return found


@inside_transaction
def take_off(rows: Sequence[Return]) -> None:
    """These never happened, or not as told: what they refunded is off their orders again."""
    if not rows:
        return
    noted = [one.pk for row in rows for one in noted_for(row)]
    if noted:
        PaymentSource.objects.filter(pk__in=noted).delete()
    Return.objects.filter(pk__in=[row.pk for row in rows]).update(refunded_at=None)
    return_undone.send(sender=Return, returns=rows)
