"""The shelves that lead to a product: what stands above its name."""

from shop.storefront.catalogue import Shelf, shelves
from shop.storefront.memory import Edition


def way_to(shelf: Shelf | None, edition: Edition) -> tuple[Shelf, ...]:
    """``shelf`` and those above it, the outermost first; none for none."""
    return tuple(known for known in shelves(edition) if shelf and shelf.path.startswith(known.path))
