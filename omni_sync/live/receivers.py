"""Stock that changed is told to the pages that show it, after commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction

from omni_sync.live.place import address
from omni_sync.live.publish import publish
from omni_sync.live.topics import stock_topic
from omni_sync.oscar.models import StockRecord

MOST_KNOWN: Final = 100_000
_products: dict[int, int] = {}  # of each stock record; a record never changes its product


def follow_stock(
    sender: Any, record_ids: Sequence[int], products: Mapping[int, int] | None = None, **kwargs: Any
) -> None:
    """For ``stock_changed``, which is connected above: this room is below stock."""
    if record_ids and address() is not None:
        told = products or {}
        transaction.on_commit(lambda: publish(_topics(record_ids, told)), robust=True)


def _topics(record_ids: Sequence[int], told: Mapping[int, int]) -> set[str]:
    """The products of these records; of those told, or seen before by this process, nothing is asked."""
    if len(told) == len(record_ids):
        return {stock_topic(product) for product in told.values()}
    known = {record: product for record in record_ids if (product := _products.get(record)) is not None}
    unknown = [record for record in record_ids if record not in known]
    if unknown:
        found = dict(StockRecord.objects.filter(pk__in=unknown).values_list("pk", "product_id"))
        if len(_products) + len(found) > MOST_KNOWN:
            _products.clear()
        _products.update(found)
        known.update(found)
    return {stock_topic(product) for product in known.values()}
