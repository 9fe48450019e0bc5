"""The article in somebody's hand: is it on the list, and how many of it are in the bag then?"""

from __future__ import annotations

from typing import Final

from django.db import transaction

from instore.pickup import pick
from instore.pickup.models import Pickup, PickupLine
from instore.pickup.moves import take_turn
from instore.tablet.exceptions import NotOnTheList
from omni_sync.catalogue.scanned import gtins_said
from omni_sync.oscar.models import Product

LONGEST: Final = 500
_SKU_AND_PRODUCT: Final = ("order_line__partner_sku", "order_line__product")


def sku_on_the_list(*, pickup: Pickup, said: str) -> str:
    """The SKU of the line that ``said`` names: by what a scanner reads off the article, or by the SKU itself.

    Raises NotOnTheList, with the product where we know it.
    """
    said = said.strip()[:LONGEST]
    lines = {str(sku or ""): product for sku, product in pickup.lines.values_list(*_SKU_AND_PRODUCT)}
    typed = next((sku for sku in lines if sku and sku.casefold() == said.casefold()), "")
    if typed:
        return typed
    product = _product(said)
    found = next((sku for sku, number in lines.items() if product and sku and number == product.pk), "")
    if not found:
        raise NotOnTheList(product)
    return found


def one_more(*, pickup_id: int, sku: str) -> PickupLine:
    """One unit more of the article is in the bag. Raises what ``mark_picked`` does, TooMany where all of it were."""
    with transaction.atomic():
        pickup = take_turn(pickup_id)
        lines = pickup.lines.filter(order_line__partner_sku=sku).order_by("pk")
        line = next((line for line in lines if not line.is_settled), None) or lines[0]
        return pick.mark_picked(pickup_id=pickup_id, line=line.pk, quantity=line.picked + 1)


def _product(said: str) -> Product | None:
    known = gtins_said(said).select_related("product__entry", "product__parent").first()
    return known.product if known else None
