"""What sales, orders and returns tell of the sizes that somebody wears."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from omni_sync import conf
from omni_sync.catalogue.brands import BRAND
from omni_sync.people.sizes.wearing import Evidence, Why
from omni_sync.sales.exchanged import EXCHANGE
from omni_sync.sales.models import Sale

CATEGORIES: Final = 12  # their column
MOST: Final = 500  # lines, the latest: who buys for a whole village is no reason to wait


#: The source, the store's code, and what the exchange is called there; empty for none.
Exchange = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Goods:
    """Goods in a size that were bought, or came back, in one document; ``original_line`` is the sale's of a return."""

    document: int
    line: str
    original_line: str
    source: str
    exchanged: str
    product: int
    quantity: int
    at: datetime
    store: str
    size_system: str
    size: str
    brand: str
    categories: frozenset[int]
    status: str
    order: int | None

    @property
    def exchange(self) -> Exchange:
        return self.source, self.store, self.exchanged

    def is_in_place_of(self, others: Sequence[Goods]) -> bool:
        """Whether one of ``others`` is in another size of its system."""
        return any(one.size_system == self.size_system and one.size != self.size for one in others)


def bought_sizes(*, person_ids: Sequence[int], user_ids: Sequence[int]) -> list[Evidence]:
    """What the documents of these persons and accounts tell of sizes: two queries, a third where goods were exchanged.

    What was voided, cancelled or brought back tells nothing, nor does an order for somebody else. Goods that came back
    for another size tell against theirs, and the others more for theirs.
    """
    bought = _read(_BOUGHT, [list(person_ids), list(user_ids), MOST])
    back = _read(_BACK, [list(person_ids), list({goods.document for goods in bought}), MOST])
    names = _by_exchange(back)
    taken = _read(_TAKEN, [*map(list, zip(*names, strict=True)), list(person_ids), MOST]) if names else []
    kept = _kept({*bought, *taken}, back)
    return [*_told(kept, back), *_unfit(kept, back)]


def _told(kept: Collection[Goods], back: Collection[Goods]) -> Iterator[Evidence]:
    given = _by_exchange(back)
    for goods in kept:
        is_other = goods.is_in_place_of(given.get(goods.exchange, []))
        yield _evidence(goods, Why.EXCHANGED if is_other else Why.BOUGHT, f"order:{goods.document}")


def _unfit(kept: Collection[Goods], back: Collection[Goods]) -> Iterator[Evidence]:
    taken = _by_exchange(kept)
    for goods in back:
        if goods.is_in_place_of(taken.get(goods.exchange, [])):
            yield _evidence(goods, Why.UNFIT, f"return:{goods.document}")


def _kept(bought: Collection[Goods], back: Collection[Goods]) -> list[Goods]:
    """What did not come back. A return without its sale is of the latest goods of its product, bought before it."""
    left = {goods: goods.quantity for goods in sorted(bought, key=_latest_first)}
    for one in sorted(back, key=_latest_first, reverse=True):
        candidates = [goods for goods in left if goods.product == one.product and _may_be_of(one, goods)]
        candidates.sort(key=lambda goods: goods.line != one.original_line)
        missing = one.quantity
        for goods in candidates:
            came = min(missing, left[goods])
            left[goods] -= came
            missing -= came
    return [goods for goods, quantity in left.items() if quantity > 0 and not conf.means_cancelled(goods.status)]


def _may_be_of(back: Goods, bought: Goods) -> bool:
    return back.order == bought.document if back.order else bought.at <= back.at


def _latest_first(goods: Goods) -> tuple[Any, ...]:
    return -goods.at.timestamp(), goods.document, goods.line, goods.product


def _by_exchange(found: Collection[Goods]) -> dict[Exchange, list[Goods]]:
    named: dict[Exchange, list[Goods]] = defaultdict(list)
    for goods in found:
        if goods.exchanged:
            named[goods.exchange].append(goods)
    return named


def _evidence(goods: Goods, why: Why, occasion: str) -> Evidence:
    return Evidence(why, goods.size_system, goods.size, goods.at, occasion, goods.store, goods.brand, goods.categories)


def _read(statement: str, parameters: list[Any]) -> list[Goods]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows = cursor.fetchall()
    return [Goods(*(*row[:CATEGORIES], frozenset(row[CATEGORIES]), *row[CATEGORIES + 1 :])) for row in rows]


_GOODS: Final = f"""
       e.size_system, e.size, {BRAND.format(style="e.style_id")},
       ARRAY(SELECT c.category_id FROM catalogue_productcategory c WHERE c.product_id = e.style_id)
"""

_LINES: Final = f"""
SELECT d.order_id, coalesce(l.partner_line_reference, ''), '', d.source, d.exchange, l.product_id, l.quantity, d.at,
       coalesce(p.code, ''), {_GOODS}, coalesce(o.status, ''), d.order_id
  FROM document d
  JOIN order_order o ON o.id = d.order_id
  JOIN order_line l ON l.order_id = d.order_id
  JOIN omni_sync_entry e ON e.product_id = l.product_id AND e.size <> '' AND e.size_system <> ''
  LEFT JOIN partner_partner p ON p.id = d.store_id
 WHERE NOT EXISTS (SELECT FROM omni_sync_forsomebodyelse f WHERE f.order_id = d.order_id)
   AND NOT EXISTS (SELECT FROM omni_sync_return r JOIN omni_sync_forsomebodyelse f ON f.order_id = r.order_id
                    WHERE d.exchange <> '' AND r.exchange <> '' AND r.exchange = d.exchange
                      AND r.source = d.source AND r.store_id = d.store_id)
 ORDER BY d.at DESC, l.id DESC LIMIT %s
"""

# An order of the web is dated by its placing, also when it was collected later.
_BOUGHT: Final = f"""
WITH document AS (
    SELECT s.order_id, o.date_placed AS at, s.store_id, s.source, s.exchange
      FROM omni_sync_sale s JOIN order_order o ON o.id = s.order_id
     WHERE s.person_id = ANY(%s) AND s.voided_at IS NULL
     UNION
    SELECT o.id, o.date_placed, s.store_id, coalesce(s.source, ''), coalesce(s.exchange, '')
      FROM order_order o LEFT JOIN omni_sync_sale s ON s.order_id = o.id
     WHERE o.user_id = ANY(%s) AND s.voided_at IS NULL
)
{_LINES}
"""

# What was taken in exchange by somebody whom the till did not know: whoever gave the goods back.
_TAKEN: Final = f"""
WITH document AS (
    SELECT s.order_id, o.date_placed AS at, s.store_id, s.source, s.exchange
      FROM unnest(%s::text[], %s::text[], %s::text[]) AS named(source, store, exchange)
      JOIN partner_partner p ON p.code = named.store
      JOIN omni_sync_sale s
        ON s.exchange = named.exchange AND s.source = named.source AND s.store_id = p.id AND s.exchange <> ''
      JOIN order_order o ON o.id = s.order_id
     WHERE s.voided_at IS NULL AND (s.person_id IS NULL OR s.person_id = ANY(%s))
)
{_LINES}
"""

# A tablet says how much the goods paid of what was taken for them. Where they paid nothing, a voucher did: who was
# given a present brought it, and the other size is theirs, whoever bought it.
_BACK: Final = f"""
SELECT r.id, b.line, b.original_line, r.source,
       CASE WHEN r.source = '{Sale.Channel.TABLET.value}' AND NOT r.refunds @> '[{{"method": "{EXCHANGE}"}}]'
            THEN '' ELSE r.exchange END,
       b.product_id, b.quantity, r.occurred_at, coalesce(p.code, ''), {_GOODS}, '', r.order_id
  FROM omni_sync_return r
  JOIN omni_sync_returnline b ON b.sale_return_id = r.id
  JOIN omni_sync_entry e ON e.product_id = b.product_id AND e.size <> '' AND e.size_system <> ''
  LEFT JOIN partner_partner p ON p.id = r.store_id
 WHERE (r.person_id = ANY(%s) OR r.order_id = ANY(%s)) AND r.voided_at IS NULL
   AND NOT EXISTS (SELECT FROM omni_sync_forsomebodyelse f WHERE f.order_id = r.order_id)
 ORDER BY r.occurred_at DESC, b.id DESC LIMIT %s
"""
