"""What somebody is looking for, and the conditions it comes to over entries."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

#: Of a size in its system, as it stands in addresses: ``EU-42``, ``SML-M``, ``-OS``.
SIZE: Final = "e.size_system || '-' || e.size"


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions on one thing that can be bought: a style counts when one of its sizes meets all of them together.

    ``words`` is a tsquery (see ``understand``), ``sizes`` and ``my_sizes`` are keys as ``SIZE`` makes them, ``store``
    is a partner's code; ``here`` and ``mine`` say whether those of the shopper's own are asked for.
    """

    words: str = ""
    category: int | None = None
    sizes: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    price_min: Decimal | None = None
    price_max: Decimal | None = None
    store: str = ""
    here: bool = False
    my_sizes: tuple[str, ...] = ()
    mine: bool = False

    @property
    def is_plain(self) -> bool:
        """Nothing but a category is chosen."""
        return replace(self, category=None, store="", my_sizes=()) == Filters()

    def without_person(self) -> Filters:
        """The same as far as it does not depend on stock."""
        return replace(self, store="", here=False)

    def conditions(self) -> dict[str, str]:
        """The conditions in force, by the facet they belong to, over an entry ``e``."""
        found = {
            "category": "e.categories @> ARRAY[%(category)s]::int[]" if self.category is not None else "",
            "size": f"{SIZE} = ANY(%(sizes)s)" if self.sizes else "",
            "colour": "e.shade = ANY(%(colours)s)" if self.colours else "",
            "price": _price(self),
            "mine": MINE if self.mine else "",
            "here": HERE if self.here else "",
        }
        return {facet: condition for facet, condition in found.items() if condition}

    def given(self) -> dict[str, Any]:
        """The values the conditions name."""
        return {
            "words": self.words, "category": self.category, "sizes": list(self.sizes), "colours": list(self.colours),
            "price_min": self.price_min, "price_max": self.price_max, "store": self.store,
            "my_sizes": list(self.my_sizes),
        }  # fmt: skip


MINE: Final = f"{SIZE} = ANY(%(my_sizes)s)"
HERE: Final = """EXISTS (
    SELECT FROM partner_stockrecord r JOIN omni_sync_level v ON v.stockrecord_id = r.id
     WHERE r.product_id = e.product_id AND v.on_hand - v.held - v.safety > 0
       AND r.partner_id = (SELECT id FROM partner_partner WHERE code = %(store)s))"""
#: The styles whose words match.
HITS: Final = "e.style_id IN (SELECT h.product_id FROM omni_sync_entry h WHERE h.search @@ %(words)s::tsquery)"


def _price(filters: Filters) -> str:
    least = "e.price >= %(price_min)s" if filters.price_min is not None else ""
    most = "e.price <= %(price_max)s" if filters.price_max is not None else ""
    return " AND ".join(filter(None, [least, most]))
