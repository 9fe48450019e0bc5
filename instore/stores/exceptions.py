from dataclasses import dataclass


@dataclass
class UnknownProduct(LookupError):
    """Nothing on sale has this SKU or this GTIN."""

    sku: str | None
    gtin: str | None


@dataclass
class DifferentProducts(ValueError):
    """``sku`` and ``gtin`` are both known and name two products."""

    sku: str
    gtin: str


@dataclass
class UnknownStore(LookupError):
    """No store with this code is open to the public."""

    store: str
