"""What one label says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from instore.stores.shelves import walking_order
from omni_sync.catalogue.gtin import is_gtin, is_published
from omni_sync.catalogue.sizes import in_order


@dataclass(frozen=True, slots=True)
class Label:
    """Everything on a label that comes from the shop, in the merchant's own words; empty is "has none".

    Two labels that are equal need not be printed again.
    """

    product: int
    sku: str
    title: str
    size: str
    colour: str
    price: Decimal
    currency: str
    gtin: str
    place: str

    def as_json(self) -> dict[str, Any]:
        """As a run keeps it; money as text."""
        return {**asdict(self), "price": str(self.price)}

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Label:
        return cls(**{**said, "price": Decimal(said["price"])})

    @property
    def number(self) -> str:
        """The GTIN, where its check digit is right: no other gets a code, for nothing would read it."""
        return self.gtin if is_gtin(self.gtin) else ""

    @property
    def published(self) -> str:
        """The same where the whole world may read it: a number of this shop's own is for its tills alone."""
        return self.gtin if is_published(self.gtin) else ""

    @property
    def walk(self) -> tuple[Any, ...]:
        """By this labels lie as somebody walks along the shelves, the sizes of a style as they grow."""
        return walking_order(self.place), self.title, self.colour, in_order(self.size), self.sku
