"""What the labels of stores say now, beside what was printed last: one statement however many goods there are."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.db import connection

from kiosk.labels.says import Label
from omni_sync.catalogue.exceptions import InvalidGtin
from omni_sync.catalogue.gtin import normalise

#: Why a label is to be printed, in the order in which it hurts.
REASONS: Final = ("price", "new", "place", "words")
UNPRICED: Final = "unpriced"


@dataclass(frozen=True, slots=True)
class Wanting:
    """A label that is to be printed, why, and the price and the place on the one that hangs there."""

    label: Label
    why: str
    old_price: Decimal | None = None
    old_currency: str = ""
    old_place: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Labels in the order of the shelves, SKUs of goods that have no price, and numbers that nothing here has."""

    labels: list[Label] = field(default_factory=list)
    unpriced: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def queue_sizes(stores: Collection[int]) -> dict[int, dict[str, int]]:
    """By store: how many labels are to be printed for each reason, and how many of their goods lack a price."""
    found: dict[int, dict[str, int]] = {store: {} for store in stores}
    for store, why, count in _rows(_COUNTED, stores=list(stores)):
        found[store][why] = count
    return found


def queue(store: int) -> tuple[list[Wanting], list[str]]:
    """What is to be printed at the store, changed prices first, then as the shelves go; and SKUs that lack a price."""
    rows = _rows(_QUEUED, stores=[store])
    wanting = [_wanting(json.loads(says), why, old) for why, says, old in rows if why != UNPRICED]
    wanting.sort(key=lambda each: (REASONS.index(each.why), each.label.walk))
    return wanting, [json.loads(says)["sku"] for why, says, _old in rows if why == UNPRICED]


def of_queue(store: int) -> Found:
    """The labels of the queue."""
    wanting, unpriced = queue(store)
    return Found(_walked(each.label for each in wanting), unpriced)


def of_store(store: int) -> Found:
    """Everything that the store has and shows to shoppers."""
    return _found(_rows(_CHOSEN + " WHERE is_shown", stores=[store], gtins=[]))


def of_category(store: int, category: int) -> Found:
    """What of it is in the category, or below it."""
    where = " WHERE is_shown AND %(category)s = ANY(categories)"
    return _found(_rows(_CHOSEN + where, stores=[store], gtins=[], category=category))


def of_numbers(store: int, numbers: Sequence[str]) -> Found:
    """The goods with these numbers, each a SKU of the store or a GTIN, shown to shoppers or not."""
    gtins = {number: _as_gtin(number) for number in dict.fromkeys(numbers)}
    where = " WHERE sku = ANY(%(skus)s) OR EXISTS (SELECT FROM omni_sync_gtin WHERE product_id = shelf.product_id "
    where += "AND value = ANY(%(gtins)s::text[]))"
    rows = _rows(_CHOSEN + where, stores=[store], skus=list(gtins), gtins=[gtin for gtin in gtins.values() if gtin])
    known = {known for says, values in rows for known in (json.loads(says)["sku"], *values)}
    found = _found(rows)
    return Found(found.labels, found.unpriced, [one for one, gtin in gtins.items() if not {one, gtin} & known])


def _as_gtin(number: str) -> str:
    try:
        return normalise(number)
    except InvalidGtin:
        return ""


def _found(rows: Iterable[Sequence[Any]]) -> Found:
    said = [json.loads(says) for says, _gtins in rows]
    labels = _walked(Label.from_json(says) for says in said if says["price"] is not None)
    return Found(labels, sorted(says["sku"] for says in said if says["price"] is None))


def _walked(labels: Iterable[Label]) -> list[Label]:
    return sorted(labels, key=lambda label: label.walk)


def _wanting(says: dict[str, Any], why: str, old: str | None) -> Wanting:
    if old is None:
        return Wanting(Label.from_json(says), why)
    before = Label.from_json(json.loads(old))
    return Wanting(Label.from_json(says), why, before.price, before.currency, before.place)


def _rows(statement: str, **given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_SHELF + statement, given)
        return list(cursor.fetchall())


_SHELF = """
    WITH shelf AS (
        SELECT DISTINCT ON (r.partner_id, p.id)
               r.partner_id AS store_id, p.id AS product_id, r.partner_sku AS sku, r.price,
               p.is_public AND coalesce(s.is_public, TRUE) AS is_shown, coalesce(l.on_hand, 0) > 0 AS is_there,
               coalesce(e.categories, '{}') AS categories,
               jsonb_build_object(
                   'product', p.id, 'sku', r.partner_sku,
                   'title', CASE WHEN p.title <> '' AND coalesce(e.size || e.colour, '') = '' THEN p.title
                                 ELSE coalesce(s.title, p.title) END,
                   'size', coalesce(e.size, ''), 'colour', coalesce(e.colour, ''),
                   'price', trim_scale(r.price)::text, 'currency', r.price_currency,
                   'gtin', coalesce(g.value, ''), 'place', coalesce(own.place, style.place, '')
               ) AS says
          FROM partner_stockrecord r
          JOIN catalogue_product p ON p.id = r.product_id
          LEFT JOIN catalogue_product s ON s.id = p.parent_id
          LEFT JOIN omni_sync_entry e ON e.product_id = p.id
          LEFT JOIN omni_sync_gtin g ON g.product_id = p.id AND g.is_primary
          LEFT JOIN omni_sync_level l ON l.stockrecord_id = r.id
          LEFT JOIN instore_shelfplace own ON own.store_id = r.partner_id AND own.product_id = p.id
          LEFT JOIN instore_shelfplace style ON style.store_id = r.partner_id AND style.product_id = p.parent_id
         WHERE r.partner_id = ANY(%(stores)s) AND p.structure <> 'parent'
         ORDER BY r.partner_id, p.id, r.id
    ), queued AS (
        SELECT shelf.store_id, shelf.says, old.says AS old,
               CASE WHEN price IS NULL THEN 'unpriced'
                    WHEN old.says IS NULL THEN 'new'
                    WHEN (old.says->'price', old.says->'currency') <> (shelf.says->'price', shelf.says->'currency')
                        THEN 'price'
                    WHEN old.says - 'place' = shelf.says - 'place' THEN 'place'
                    ELSE 'words' END AS why
          FROM shelf
          LEFT JOIN kiosk_printedlabel old ON old.store_id = shelf.store_id AND old.product_id = shelf.product_id
         WHERE is_shown AND (old.says <> shelf.says OR old.says IS NULL AND is_there)
    )
"""

_COUNTED = " SELECT store_id, why, count(*) FROM queued GROUP BY 1, 2"

_QUEUED = " SELECT why, says, old FROM queued"

_CHOSEN = """
    SELECT says, ARRAY(
        SELECT value FROM omni_sync_gtin WHERE product_id = shelf.product_id AND value = ANY(%(gtins)s::text[])
    ) FROM shelf
"""
