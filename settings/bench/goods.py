"""Shops, products and stock to measure on, with a ledger behind every level."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Final

from django.db import DatabaseError, connection, transaction

from instore.stores.models import Store
from omni_sync.catalogue.models import Gtin
from omni_sync.oscar.bulk import copy_rows, reserve_ids
from omni_sync.oscar.models import Partner, Product, ProductClass, StockRecord
from omni_sync.stock.adopt import open_ledger
from omni_sync.stock.models import Location

WEEK: Final = [[["10:00", "22:00"]]] * 5 + [[["09:00", "22:00"]]] * 2
PORTION: Final = 2000


def open_shops(count: int, *, after: int = 0) -> list[int]:
    """So many shops spread over the map, ``shop-0001`` … or those that follow so many; their partners' ids."""
    numbers = range(after + 1, after + count + 1)
    partners = Partner.objects.bulk_create(
        [Partner(code=f"shop-{number:04}", name=f"Shop {number}") for number in numbers]
    )
    Location.objects.bulk_create([Location(partner=partner) for partner in partners])
    Store.objects.bulk_create(
        [
            Store(
                partner=partner,
                city="Jakarta",
                weekly_hours=WEEK,
                latitude=Decimal(-10 + number % 19) + Decimal("0.25"),
                longitude=Decimal(95 + number % 45),
            )
            for number, partner in zip(numbers, partners, strict=True)
        ]
    )
    return [partner.pk for partner in partners]


def make_products(count: int) -> list[int]:
    """So many products, each with its GTIN."""
    kind = ProductClass.objects.create(name="Bench")
    ids = reserve_ids(Product, count)
    rows = [(pk, "standalone", kind.pk, f"Product {pk}", f"product-{pk}") for pk in ids]
    copy_rows(Product, ["id", "structure", "product_class_id", "title", "slug"], rows)
    Gtin.objects.bulk_create([Gtin(product_id=pk, value=f"{pk:014}", is_primary=True) for pk in ids])
    return ids


def sku(product: int) -> str:
    return f"SKU-{product}"


def stock(partners: Sequence[int], products: Sequence[int], quantity: int) -> list[int]:
    """``quantity`` of every product in every shop, by an opening count; the stock records' ids, without a gap."""
    ids = reserve_ids(StockRecord, len(partners) * len(products))
    pairs = [(partner, product) for partner in partners for product in products]
    rows = [
        (pk, product, partner, sku(product), "IDR", Decimal(149000), quantity)
        for pk, (partner, product) in zip(ids, pairs, strict=True)
    ]
    copy_rows(
        StockRecord, ["id", "product_id", "partner_id", "partner_sku", "price_currency", "price", "num_in_stock"], rows
    )
    for start in range(0, len(ids), PORTION):
        with transaction.atomic():
            open_ledger(ids[start : start + PORTION])
    return ids


def settle_down() -> None:
    """Statistics as after a quiet night, and no write of the set-up left for the measurement to pay."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        with suppress(DatabaseError):  # not every role may
            cursor.execute("CHECKPOINT")
