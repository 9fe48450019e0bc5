"""The styles that meet some conditions, a page of them in an order."""

from __future__ import annotations

from typing import Final

from django.db import connection

from omni_sync.catalogue.filters import HITS, Filters

NEWEST: Final = "newest"
CHEAPEST: Final = "price"
DEAREST: Final = "price-down"
BY_NAME: Final = "name"
BEST: Final = "relevance"

#: What a row is grouped by beside its style, and how groups follow each other.
_ORDERS: Final = {
    NEWEST: ("e.created", "e.created DESC, e.style_id DESC"),
    CHEAPEST: ("e.price", "e.price, e.style_id"),
    DEAREST: ("e.price", "e.price DESC NULLS LAST, e.style_id DESC"),
    BY_NAME: (
        "coalesce(e.titles->>%(language)s, e.title)",
        "lower(coalesce(e.titles->>%(language)s, e.title)), e.style_id",
    ),
    BEST: ("h.rank, e.created", "h.rank DESC, e.created DESC, e.style_id DESC"),
}
SORTS: Final = tuple(_ORDERS)


def styles_found(filters: Filters, *, sort: str, language: str, offset: int, limit: int) -> list[int]:
    """The numbers of the styles on one page; ``relevance`` without words is ``newest``. One query."""
    ranked = sort == BEST and bool(filters.words)
    group, order = _ORDERS[sort if ranked or sort != BEST else NEWEST]
    source = f"omni_sync_entry e {_RANKED if ranked else ''}"
    where = ["e.on_shelf", *([HITS] if filters.words and not ranked else []), *filters.conditions().values()]
    sql = f"""
        SELECT e.style_id FROM {source} WHERE {" AND ".join(where)}
         GROUP BY e.style_id, {group} ORDER BY {order} LIMIT %(limit)s OFFSET %(offset)s
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, {**filters.given(), "language": language, "limit": limit, "offset": offset})
        return [style for (style,) in cursor.fetchall()]


_RANKED: Final = """
    JOIN (SELECT product_id, ts_rank(search, %(words)s::tsquery) AS rank
            FROM omni_sync_entry WHERE search @@ %(words)s::tsquery) h ON h.product_id = e.style_id
"""
