from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Sum

from instore.receipts.exceptions import NotPaidYet
from instore.receipts.models import Letterhead, Receipt
from instore.receipts.tokens import new_token, token_hash
from omni_sync.oscar.models import Order, PaymentSource
from omni_sync.sales.models import Sale
from omni_sync.seal import seal
from omni_sync.transactions import inside_transaction


@inside_transaction
def issue(*, order: Order) -> Receipt:
    """The receipt of a paid or handed-over order; issued once, whoever asks again gets the same.

    Where its store counts without gaps it takes the next number, and is taken back with the transaction.
    Raises NotPaidYet.
    """
    before = Receipt.objects.filter(order=order).first()
    if before is not None:
        return before
    Order.objects.select_for_update(of=("self",)).get(pk=order.pk)  # of two at once the second finds the first one's
    before = Receipt.objects.filter(order=order).first()
    if before is not None:
        return before
    sale = Sale.objects.filter(order=order).first()
    if sale is None:
        _check_paid(order)
    return Receipt.objects.create(order=order, **_numbered(order, sale), **_opened(sale))


def _check_paid(order: Any) -> None:
    sums = PaymentSource.objects.filter(order=order).aggregate(taken=Sum("amount_debited"), back=Sum("amount_refunded"))
    due = order.total_incl_tax - (sums["taken"] or Decimal(0))
    if due > 0:
        raise NotPaidYet(due, order.currency)


def _numbered(order: Any, sale: Sale | None) -> dict[str, Any]:
    number = sale.number if sale else str(order.number)
    if sale is None:
        return {"number": number}
    head = Letterhead.objects.select_for_update().filter(store=sale.store_id, counts=True).first()
    if head is None:
        return {"number": number, "place_id": sale.store_id}
    head.last_serial += 1
    head.save(update_fields=["last_serial"])
    return {"number": f"{head.prefix}{head.last_serial}", "serial": head.last_serial, "place_id": sale.store_id}


def _opened(sale: Sale | None) -> dict[str, Any]:
    printed = bytes.fromhex(sale.claim_hash) if sale is not None else b""
    if printed and not Receipt.objects.filter(token_hash=printed).exists():  # another sale may carry the same claim
        return {"token_hash": printed}
    token = new_token()
    return {"token_hash": token_hash(token), "sealed": seal(token)}
