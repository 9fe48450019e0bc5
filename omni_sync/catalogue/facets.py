"""Counts beside every choice, true for what choosing it would give: one statement over entries.

The values of a facet are counted under every other facet's conditions, but not its own: who has chosen red and 42 sees
how many blue 42s there are. Always styles are counted, however many of their sizes meet the conditions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from django.db import connection

from omni_sync.catalogue.filters import HERE, HITS, MINE, SIZE, Filters


@dataclass(frozen=True, slots=True)
class Counts:
    """Styles by value; ``shades`` are colours as written, ``prices`` the lowest and the highest where any has one."""

    total: int = 0
    mine: int = 0
    categories: dict[int, int] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    colours: dict[str, int] = field(default_factory=dict)
    shades: dict[str, str] = field(default_factory=dict)
    prices: tuple[Decimal, Decimal] | None = None


def count_facets(filters: Filters, *, within: int | None = None, categories: Sequence[int] = ()) -> Counts:
    """Count everything but stock: one query. Only ``filters.here`` makes the answer depend on stock.

    ``categories`` are those to count; all of them stand below ``within``, which is above ``filters.category`` or the
    same.
    """
    conditions = filters.conditions()
    here = conditions.pop("here", "")  # its own count is ``count_here``: every other one is counted under it
    base = ["e.on_shelf", *([HITS] if filters.words else []), *([here] if here else [])]
    if within is not None:
        base.append("e.categories @> ARRAY[%(within)s]::int[]")
    flags = "".join(f", ({condition}) IS TRUE AS in_{facet}" for facet, condition in conditions.items())
    own = {facet: _others(conditions, facet) for facet in ("", "category", "size", "colour", "price", "mine")}
    sql = _FACETS.format(
        flags=flags, base=" AND ".join(base), key=SIZE, is_mine=MINE if filters.my_sizes else "FALSE",
        **{f"but_{facet or 'none'}": text for facet, text in own.items()},
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql, {**filters.given(), "within": within, "around": list(categories)})
        return _read(cursor.fetchall())


def count_here(filters: Filters) -> int:
    """How many of what is found ``filters.store`` has now, in what is asked for: one query, never remembered."""
    if not filters.store:
        return 0
    parts = [*(condition for facet, condition in filters.conditions().items() if facet != "here")]
    where = " AND ".join(["e.on_shelf", HERE, *([HITS] if filters.words else []), *parts])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(DISTINCT e.style_id) FROM omni_sync_entry e WHERE {where}", filters.given())
        return int(cursor.fetchone()[0])


def _others(conditions: dict[str, str], own: str) -> str:
    return " AND ".join(["TRUE", *(f"in_{facet}" for facet in conditions if facet != own)])


def _read(rows: list[tuple[str, str, int, str | None, Decimal | None, Decimal | None]]) -> Counts:
    found: dict[str, dict[str, int]] = {}
    shades: dict[str, str] = {}
    prices = None
    for facet, value, number, written, least, most in rows:
        found.setdefault(facet, {})[value] = number
        if written is not None:
            shades[value] = written
        if least is not None and most is not None:
            prices = (least, most)
    return Counts(
        total=found.get("total", {}).get("", 0),
        mine=found.get("mine", {}).get("", 0),
        categories={int(value): number for value, number in found.get("category", {}).items()},
        sizes=found.get("size", {}),
        colours=found.get("colour", {}),
        shades=shades,
        prices=prices,
    )


_FACETS: Final = """
    WITH base AS MATERIALIZED (
        SELECT e.style_id, e.categories, {key} AS size, e.shade, e.colour, e.price, {is_mine} AS is_mine{flags}
          FROM omni_sync_entry e WHERE {base}
    )
    SELECT 'total', '', count(*), NULL::text, NULL::numeric, NULL::numeric
      FROM (SELECT DISTINCT style_id FROM base WHERE {but_none}) f
    UNION ALL
    SELECT 'mine', '', count(*), NULL, NULL, NULL
      FROM (SELECT DISTINCT style_id FROM base WHERE is_mine AND {but_mine}) f
    UNION ALL
    SELECT 'price', '', 0, NULL, min(price), max(price) FROM base WHERE {but_price}
    UNION ALL
    SELECT 'size', size, count(*), NULL, NULL, NULL
      FROM (SELECT DISTINCT size, style_id FROM base WHERE {but_size}) f GROUP BY size
    UNION ALL
    SELECT 'colour', shade, count(*), min(colour), NULL, NULL
      FROM (SELECT shade, style_id, min(colour) AS colour FROM base WHERE {but_colour} GROUP BY 1, 2) f GROUP BY shade
    UNION ALL
    SELECT 'category', one::text, count(*), NULL, NULL, NULL
      FROM (SELECT DISTINCT one, style_id FROM base, unnest(categories) one
             WHERE one = ANY(%(around)s::int[]) AND {but_category}) f GROUP BY one
"""
