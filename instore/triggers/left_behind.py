"""Goods that somebody left behind, in a basket or on a list, as a message tells of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from instore.triggers.near import FEW
from omni_sync.triggers.goods import named, written

#: What anybody may be shown of it.
SHOWN: Final = frozenset({"goods", "more", "title", "facts", "quantity", "price", "left", "store"})
#: So many are named; of the others it is said how many they are.
MOST: Final = 5


def left_behind(rows: Iterable[Mapping[str, Any]], *, link: str) -> Mapping[int, Mapping[str, Any]]:
    """The facts of each follow-up: its goods with their price, and of what there are few at the shop, how many.

    ``rows`` have ``id`` (of the follow-up), ``product_id``, ``price``, ``currency``, ``store``, ``here`` and, of a
    basket, ``quantity``. Whoever has nothing left that is shown to people is left out. One query.
    """
    lines: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        lines[row["id"]].append(row)
    names = named(row["product_id"] for some in lines.values() for row in some)
    found = {}
    for pk, some in lines.items():
        shown = [row for row in some if row["product_id"] in names]
        if shown:
            goods = [{**names[row["product_id"]], **_of_line(row)} for row in shown[:MOST]]
            products = [row["product_id"] for row in shown]
            found[pk] = {"goods": goods, "more": len(shown[MOST:]), "products": products, "link": link}
    return found


def _of_line(row: Mapping[str, Any]) -> dict[str, Any]:
    here = int(row["here"] or 0)
    return {
        **({"quantity": row["quantity"]} if "quantity" in row else {}),
        "price": written(row["price"], row["currency"]),
        "left": here if row["store"] and 0 < here <= FEW else None,
        "store": row["store"] or "",
    }
