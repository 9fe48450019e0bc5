"""Where goods that came back are kept in the books: with the store that received them, whoever sold them."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import BooleanField, QuerySet, Value
from django.db.models.functions import Coalesce

from instore.stores.models import Store
from omni_sync.oscar.models import Product, StockRecord
from omni_sync.stock.levels import open_levels, project
from omni_sync.transactions import inside_transaction


@inside_transaction
def records_at(*, store: Store, product_ids: Collection[int]) -> dict[int, int]:
    """The store's stock record of each of these products that is counted; made where the store had none."""
    tracked = Product.objects.filter(pk__in=product_ids).annotate(
        tracks=Coalesce(
            "product_class__track_stock",
            "parent__product_class__track_stock",
            Value(True),
            output_field=BooleanField(),
        )
    )
    counted = set(tracked.filter(tracks=True).values_list("pk", flat=True))
    found = _known(store, counted)
    missing = counted - found.keys()
    if missing:
        _make(store, missing)
        found |= _known(store, missing)
    return found


def _known(store: Store, product_ids: Collection[int]) -> dict[int, int]:
    rows = StockRecord.objects.filter(partner=store.partner_id, product__in=product_ids)
    return dict(rows.order_by("-pk").values_list("product_id", "pk"))  # the oldest of two


def _make(store: Store, product_ids: Collection[int]) -> None:
    """As it is called and priced elsewhere, unless the store calls something else that."""
    elsewhere = {row.product_id: row for row in _elsewhere(product_ids)}
    skus = [row.partner_sku for row in elsewhere.values()]
    taken = set(
        StockRecord.objects.filter(partner=store.partner_id, partner_sku__in=skus).values_list("partner_sku", flat=True)
    )
    rows = [
        StockRecord(
            product_id=pk,
            partner_id=store.partner_id,
            partner_sku=row.partner_sku if row and row.partner_sku not in taken else f"#{pk}",
            price=row.price if row else None,
            **({"price_currency": row.price_currency} if row else {}),
        )
        for pk in sorted(product_ids)
        for row in [elsewhere.get(pk)]
    ]
    StockRecord.objects.bulk_create(rows, ignore_conflicts=True)
    made = list(_known(store, product_ids).values())
    open_levels(made)
    project(made)


def _elsewhere(product_ids: Collection[int]) -> QuerySet[StockRecord]:
    rows: QuerySet[StockRecord] = StockRecord.objects.filter(product__in=product_ids).order_by("-pk")
    return rows
