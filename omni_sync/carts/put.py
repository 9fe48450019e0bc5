"""An article goes into a basket, or comes out, for whoever serves its shopper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from omni_sync.carts.exceptions import BasketClosed
from omni_sync.carts.turns import take_turn
from omni_sync.oscar.models import Basket
from omni_sync.transactions import inside_transaction


@dataclass
class NotToBeHad(Exception):
    """Nothing was changed: ``most`` units of the article can be had for this basket, 0 where it isn't sold there."""

    product: Any
    most: int


@inside_transaction
def put_in(*, basket: Any, product: Any, quantity: int = 1) -> None:
    """Put so many more units of ``product`` into ``basket``, which needs a strategy and is saved if it never was.

    Raises NotToBeHad and BasketClosed; nothing is changed then.
    """
    if not basket.pk:
        basket.save()
    if take_turn(basket) not in Basket.editable_statuses:
        raise BasketClosed
    basket._lines = None
    info = basket.strategy.fetch_for_product(product)
    if product.is_parent or not info.price.exists:
        raise NotToBeHad(product, 0)
    _check(product, info.availability, wanted=_units(basket, product) + quantity)
    try:
        basket.add_product(product, quantity)
    except ValueError as refused:  # in another currency than what is in it
        raise NotToBeHad(product, 0) from refused


@inside_transaction
def set_quantity(*, basket: Any, line_id: int, quantity: int) -> None:
    """Let the line be of so many units, none takes it out; a line that is gone stays gone.

    Raises NotToBeHad and BasketClosed; nothing is changed then.
    """
    if take_turn(basket) not in Basket.editable_statuses:
        raise BasketClosed
    basket._lines = None
    line = basket.lines.select_related("product", "stockrecord").filter(pk=line_id).first()
    if line is None:
        return
    if quantity == 0:
        line.delete()
    else:
        line.basket = basket
        _check(line.product, basket.strategy.fetch_for_line(line).availability, wanted=quantity)
        line.quantity = quantity
        line.save()
    basket._lines = None
    basket.reset_offer_applications()


def _units(basket: Any, product: Any) -> int:
    """Of the product itself, with whatever options."""
    return sum(line.quantity for line in basket.all_lines() if line.product_id == product.pk)


def _check(product: Any, availability: Any, *, wanted: int) -> None:
    allowed, _ = availability.is_purchase_permitted(wanted)
    if not allowed:
        most = getattr(availability, "num_available", None)
        raise NotToBeHad(product, max(most or 0, 0) if availability.is_available_to_buy else 0)
