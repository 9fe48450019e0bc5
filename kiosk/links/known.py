"""The goods and places that numbers name here, and what merchants say of the goods. One query each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef

from instore.stores.models import Store
from instore.stores.queries import read_rows
from instore.stores.shelves import LONGEST, ShelfPlace
from kiosk.links.choose import Rank, Target
from kiosk.links.exceptions import NothingKnown
from omni_sync.catalogue.gtin import is_published


@dataclass(frozen=True, slots=True)
class Goods:
    """A product by its GTIN, what is written of it, and the store that the link names, if there is one."""

    gtin: str
    product_id: int
    style_id: int | None
    title: str
    store_id: int | None
    store_code: str
    written: tuple[Target, ...]


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

    ``store`` is a store's code, in whatever case it was printed; one that is unknown is nobody's. A number for
    restricted circulation names something else in the next shop: out here it names nothing.
    """
    if not is_published(gtin):
        raise NothingKnown(path)
    rows = read_rows(_GOODS, {"gtin": gtin, "store": store.replace("\x00", "")})
    if not rows:
        raise NothingKnown(path)
    product, style, title, place, code, written = rows[0]
    targets = tuple(_target(row, product) for row in (json.loads(written) if written else ()))
    return Goods(gtin, product, style, title, place, code or "", targets)


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


def _target(row: Sequence[Any], product: int) -> Target:
    of, link_type, href, title, language, media_type, is_default = row
    rank = Rank.PRODUCT if of == product else Rank.STYLE
    return Target(href, title, link_type, language, media_type, is_default, rank)


#: Constant text: writing this statement anew for every scan took longer than running it.
_GOODS: Final = """
    SELECT product.id, product.parent_id, COALESCE(NULLIF(product.title, ''), style.title), partner.id, partner.code,
           (SELECT json_agg(
                       json_build_array(product_id, link_type, href, title, hreflang, media_type, is_default)
                       ORDER BY link_type, hreflang, id
                   )::text
              FROM kiosk_productlink WHERE product_id IN (product.id, product.parent_id))
      FROM omni_sync_gtin AS gtin
      JOIN catalogue_product AS product ON product.id = gtin.product_id AND product.is_public
      LEFT JOIN catalogue_product AS style ON style.id = product.parent_id
      LEFT JOIN (partner_partner AS partner JOIN instore_store AS store ON store.partner_id = partner.id)
             ON lower(partner.code) = lower(%(store)s)
     WHERE gtin.value = %(gtin)s AND COALESCE(style.is_public, true)
     ORDER BY partner.id
     LIMIT 1
"""
