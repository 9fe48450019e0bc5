"""The goods and places that numbers name here. One query each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, Subquery

from instore.stores.models import Store
from instore.stores.shelves import LONGEST, ShelfPlace
from kiosk.links.exceptions import NothingKnown
from omni_sync.catalogue.models import Gtin
from omni_sync.oscar.models import Product

LONGEST_CODE: Final = 128


@dataclass(frozen=True, slots=True)
class Goods:
    """A product by its GTIN, and the store that the link names, if there is one."""

    gtin: str
    product: Product
    store_id: int | None
    store_code: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A store by its GLN, and the shelf where goods are known to stand; empty for the whole store."""

    gln: str
    store: Store
    shelf: str

    @property
    def code(self) -> str:
        """The store's."""
        return str(self.store.partner.code)


def goods(*, gtin: str, store: str, path: str) -> Goods:
    """The public product with this GTIN of 14 digits. Raises NothingKnown.

    ``store`` is a store's code, in whatever case it was printed; one that is unknown is nobody's.
    """
    rows = Gtin.objects.filter(value=gtin, product__is_public=True)
    rows = rows.filter(Q(product__parent=None) | Q(product__parent__is_public=True))
    row: Any = _with_store(rows, store).select_related("product__parent").first()
    if row is None:
        raise NothingKnown(path)
    return Goods(gtin, row.product, getattr(row, "store_id", None), getattr(row, "store_code", None) or "")


def spot(*, gln: str, extension: str, path: str) -> Spot:
    """The store with this GLN; a shelf that nothing stands on is passed over for the store. Raises NothingKnown."""
    stores: Any = Store.objects.public().select_related("partner")
    if extension and len(extension) <= LONGEST:
        stands = ShelfPlace.objects.filter(store=OuterRef("pk"), place=extension)
        stores = stores.annotate(stands=Exists(stands))
    found = stores.filter(gln=gln).first()
    if found is None:
        raise NothingKnown(path)
    return Spot(gln, found, extension if getattr(found, "stands", False) else "")


def _with_store(rows: Any, code: str) -> Any:
    if not code or len(code) > LONGEST_CODE or "\x00" in code:
        return rows
    found = Store.objects.filter(partner__code__iexact=code).order_by("pk")
    return rows.annotate(
        store_id=Subquery(found.values("pk")[:1]), store_code=Subquery(found.values("partner__code")[:1])
    )
