"""Which of our products a till means: SKU first, GTIN where that is absent or unknown (R10)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from omni_sync.catalogue.exceptions import InvalidGtin
from omni_sync.catalogue.gtin import normalise
from omni_sync.oscar.models import StockRecord
from omni_sync.pos.models import UnmatchedLine
from omni_sync.stock.levels import open_levels, project
from omni_sync.transactions import inside_transaction

Named = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Match:
    """A product at a store. ``stockrecord_id`` is None only with a ``reason``."""

    product_id: int | None = None
    stockrecord_id: int | None = None
    tracks_stock: bool = True
    title: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Product:
    """A product, and where to copy its record from if the store has none."""

    product_id: int
    record_id: int | None
    sku: str
    price: Decimal | None
    currency: str
    tracks_stock: bool
    title: str


UNKNOWN = Match(reason=UnmatchedLine.Reason.UNKNOWN.value)
DISAGREE = Match(reason=UnmatchedLine.Reason.DISAGREE.value)


@inside_transaction
def match(*, store_id: int, lines: Iterable[Named]) -> dict[Named, Match]:
    """The product each (sku, gtin) names at the store; either may be "".

    A product without a record at the store gets one, with the online record's price (R10), and a level.
    """
    named = sorted(set(lines))
    by_sku = _products_by_sku(store_id, sorted({sku for sku, _ in named if sku}))
    by_gtin = _products_by_gtin(store_id, sorted({g for sku, gtin in named if (g := _digits(gtin))}))
    found: dict[Named, _Product] = {}
    result: dict[Named, Match] = {}
    for sku, gtin in named:
        one, other = by_sku.get(sku), by_gtin.get(_digits(gtin))
        if one and other and one.product_id != other.product_id:
            result[sku, gtin] = DISAGREE
        elif product := one or other:
            found[sku, gtin] = product
        else:
            result[sku, gtin] = UNKNOWN
    records = _complete(store_id, found.values())
    for key, p in found.items():
        result[key] = Match(p.product_id, p.record_id or records[p.product_id], p.tracks_stock, p.title)
    return result


def _digits(gtin: str) -> str:
    """The GTIN in 14 digits; "" for what isn't one, which then names nothing."""
    try:
        return normalise(gtin) if gtin else ""
    except InvalidGtin:
        return ""


def _products_by_sku(store_id: int, skus: Sequence[str]) -> dict[str, _Product]:
    """By the store's own SKU; for one it doesn't have, by the SKU of any place, the online one first."""
    if not skus:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_HERE, [store_id, list(skus)])
        found = {row[2]: _Product(*row) for row in cursor.fetchall()}
        missing = [sku for sku in skus if sku not in found]
        if missing:
            cursor.execute(_ANYWHERE, [store_id, missing])
            found |= {sku: _Product(*row) for sku, *row in cursor.fetchall()}
    return found


def _products_by_gtin(store_id: int, gtins: Sequence[str]) -> dict[str, _Product]:
    if not gtins:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_BY_GTIN, [store_id, list(gtins)])
        return {gtin: _Product(*row) for gtin, *row in cursor.fetchall()}


def _complete(store_id: int, products: Iterable[_Product]) -> dict[int, int]:
    """Give the store a record of every product that has none there; the record of each of those, by product."""
    missing = {p.product_id: p for p in products if p.record_id is None}
    if not missing:
        return {}
    skus = _free_skus(store_id, [p for _, p in sorted(missing.items())])
    StockRecord.objects.bulk_create(
        [
            StockRecord(
                product_id=pk,
                partner_id=store_id,
                partner_sku=sku,
                price_currency=missing[pk].currency,
                price=missing[pk].price,
            )
            for pk, sku in skus.items()
        ],
        ignore_conflicts=True,
    )
    made = StockRecord.objects.filter(partner_id=store_id, product_id__in=missing).order_by("-pk")
    records = dict(made.values_list("product_id", "pk"))
    open_levels(list(records.values()))
    project(list(records.values()))
    return records


def _free_skus(store_id: int, products: Sequence[_Product]) -> dict[int, str]:
    """The SKU each product gets at the store: the one it has elsewhere, unless the store calls something else that."""
    wanted = [p.sku for p in products if p.sku]
    taken = set(
        StockRecord.objects.filter(partner_id=store_id, partner_sku__in=wanted).values_list("partner_sku", flat=True)
    )
    result = {}
    for p in products:
        result[p.product_id] = p.sku if p.sku and p.sku not in taken else f"#{p.product_id}"
        taken.add(p.sku)
    return result


_PRODUCT = """
    coalesce(pc.track_stock, true), coalesce(nullif(p.title, ''), parent.title, '')
"""

_CLASS = """
      JOIN catalogue_product p ON p.id = s.product_id
      LEFT JOIN catalogue_product parent ON parent.id = p.parent_id
      LEFT JOIN catalogue_productclass pc ON pc.id = coalesce(p.product_class_id, parent.product_class_id)
"""

_HERE = f"""
    SELECT s.product_id, s.id, s.partner_sku, s.price, s.price_currency, {_PRODUCT}
      FROM partner_stockrecord s {_CLASS}
     WHERE s.partner_id = %s AND s.partner_sku = ANY(%s)
"""

_ANYWHERE = f"""
    SELECT DISTINCT ON (s.partner_sku)
           s.partner_sku, s.product_id, here.id, s.partner_sku, s.price, s.price_currency, {_PRODUCT}
      FROM partner_stockrecord s {_CLASS}
      LEFT JOIN omni_sync_location place ON place.partner_id = s.partner_id
      LEFT JOIN LATERAL (SELECT id FROM partner_stockrecord h
                          WHERE h.product_id = s.product_id AND h.partner_id = %s ORDER BY id LIMIT 1) here ON true
     WHERE s.partner_sku = ANY(%s)
     ORDER BY s.partner_sku, place.sells_online DESC NULLS LAST, s.partner_id
"""

_BY_GTIN = f"""
    SELECT g.value, g.product_id, here.id, coalesce(model.partner_sku, ''), model.price,
           coalesce(model.price_currency, ''), {_PRODUCT}
      FROM omni_sync_gtin g
      JOIN catalogue_product p ON p.id = g.product_id
      LEFT JOIN catalogue_product parent ON parent.id = p.parent_id
      LEFT JOIN catalogue_productclass pc ON pc.id = coalesce(p.product_class_id, parent.product_class_id)
      LEFT JOIN LATERAL (SELECT id FROM partner_stockrecord h
                          WHERE h.product_id = g.product_id AND h.partner_id = %s ORDER BY id LIMIT 1) here ON true
      LEFT JOIN LATERAL (SELECT s.partner_sku, s.price, s.price_currency
                           FROM partner_stockrecord s
                           LEFT JOIN omni_sync_location place ON place.partner_id = s.partner_id
                          WHERE s.product_id = g.product_id
                          ORDER BY place.sells_online DESC NULLS LAST, s.partner_id LIMIT 1) model ON true
     WHERE g.value = ANY(%s)
"""
