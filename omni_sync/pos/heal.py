"""Lines whose product appeared after them: their stock moves at the original instant, their order learns the name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from omni_sync.oscar.models import OrderLine
from omni_sync.pos.match import Match, match
from omni_sync.pos.models import UnmatchedLine
from omni_sync.sales.models import ReturnLine
from omni_sync.stock.post import post
from omni_sync.stock.posting import Posting

BATCH = 500


def heal_unmatched() -> int:
    """Match every open line that can be matched now; how many healed. Safe to repeat and to run twice at once."""
    healed = 0
    stores = UnmatchedLine.objects.filter(healed_at=None).order_by().values_list("store_id", flat=True).distinct()
    for store_id in sorted(stores):
        last = 0
        while True:
            with transaction.atomic(durable=True):
                lines = list(
                    UnmatchedLine.objects.filter(healed_at=None, store_id=store_id, pk__gt=last)
                    .order_by("pk")
                    .select_for_update(skip_locked=True)[:BATCH]
                )
                if not lines:
                    break
                last = lines[-1].pk
                healed += _heal(store_id, lines)
    return healed


def _heal(store_id: int, lines: Sequence[UnmatchedLine]) -> int:
    matches = match(store_id=store_id, lines=[(line.sku, line.gtin) for line in lines])
    found = [(line, m) for line in lines if not (m := matches[line.sku, line.gtin]).reason]
    by_match: dict[Match, list[UnmatchedLine]] = defaultdict(list)
    for line, m in found:
        by_match[m].append(line)
    for m, its in by_match.items():
        order_lines = OrderLine.objects.filter(pk__in=[line.order_line_id for line in its if line.order_line_id])
        order_lines.update(product_id=m.product_id, stockrecord_id=m.stockrecord_id)
        ReturnLine.objects.filter(pk__in=[line.return_line_id for line in its if line.return_line_id]).update(
            product_id=m.product_id
        )
    post(postings=[_posting(line, m) for line, m in found if line.moves_stock and m.tracks_stock])
    UnmatchedLine.objects.filter(pk__in=[line.pk for line, _ in found]).update(healed_at=timezone.now())
    return len(found)


def _posting(line: UnmatchedLine, m: Match) -> Posting:
    assert m.stockrecord_id is not None
    return Posting(
        m.stockrecord_id,
        line.kind,
        line.quantity,
        line.occurred_at,
        line.source,
        line.document,
        line.line,
        line.event_id,
        line.origin,
        line.reference,
    )
