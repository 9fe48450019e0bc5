"""How large a thing is, where the catalogue says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from omni_sync import conf
from omni_sync.oscar.models import ProductAttributeValue

ALL_OF_THEM: Final = "dimensions"


class Dimension(NamedTuple):
    """``("Height", "42 cm")``, as the catalogue writes it; what is all of them at once needs no name."""

    name: str
    value: str


def dimensions_of(products: Mapping[int, int | None]) -> dict[int, tuple[Dimension, ...]]:
    """By product, given each with its parent or None: one query. What a size does not say of itself its style says."""
    wanted = {*products, *products.values()} - {None}
    rows = ProductAttributeValue.objects.filter(
        product__in=wanted, attribute__code__in=conf.dimension_attributes()
    ).select_related("attribute", "value_option")
    told: dict[int, dict[str, Dimension]] = {}
    for row in rows.order_by("attribute"):
        words = str(row.value_as_text)
        if words:
            code, name = row.attribute.code, row.attribute.name
            told.setdefault(row.product_id, {})[code] = Dimension("" if code == ALL_OF_THEM else name, words)
    return {
        product: tuple(({**told.get(parent or 0, {}), **told.get(product, {})}).values())
        for product, parent in products.items()
    }
