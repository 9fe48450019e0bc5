"""A till voids a sale of which goods came back at a tablet before: they are on a shelf, or thrown away, already."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Max, Sum

from omni_sync.sales.documents import Where, sale_key
from omni_sync.sales.models import Flag, ReturnLine
from omni_sync.sales.void import came_back_at_tablets, parts_of, voided_documents
from omni_sync.stock.models import Movement
from omni_sync.stock.post import post
from omni_sync.stock.posting import Posting
from omni_sync.transactions import inside_transaction


@inside_transaction
def keep_off_the_shelf(*, where: Where, numbers: Collection[str]) -> None:
    """Take what came back at tablets off the answers to these voided sales: it came back once. Said again, nothing.

    The answer stands as every answer does (R1b); a movement of its own, at its instant, takes those pieces away.
    """
    for number in numbers:
        parts = parts_of(where=where, number=number).filter(flags__contains=[Flag.VOIDED_AFTER_RETURN.value])
        orders = list(parts.values_list("order", flat=True))
        if orders:
            post(postings=_postings(where, sale_key(where.store_code, number), orders))


def _postings(where: Where, document: str, orders: Collection[int]) -> list[Posting]:
    """No more pieces of anything than the document sold."""
    voided_at = voided_documents([(where.source, document)])[where.source, document]
    lines = ReturnLine.objects.filter(sale_return__in=came_back_at_tablets(orders)).exclude(product=None).order_by()
    back = dict(lines.values_list("product").annotate(Sum("quantity")))
    sold = Movement.objects.filter(source=where.source, document=document, answers=None, quantity__lt=0)
    moved = sold.order_by("stockrecord").values_list("stockrecord", "stockrecord__product")
    found = []
    for record, product, pieces, at in moved.annotate(pieces=-Sum("quantity"), at=Max("occurred_at")):
        part = min(back.get(product, 0), pieces)
        if part:
            back[product] -= part
            when, line = max(at, voided_at), f"came-back/{record}"
            found.append(Posting(record, Movement.Kind.VOID, -part, when, where.source, f"void/{document}", line))
    return found
