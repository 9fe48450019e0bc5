"""What was scanned goes into the shopper's basket, to be collected or sent."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest

from omni_sync.carts.fulfilment import Chosen, choose
from omni_sync.carts.put import put_in
from omni_sync.oscar.baskets import wait_for_basket
from omni_sync.oscar.models import Partner, Product


def take(*, request: HttpRequest, product_id: int, place: Partner | None) -> Chosen:
    """Let the shopper's whole basket be collected at ``place`` (None: be sent), with one more of this in it.

    Both, or nothing is changed. Raises NotToBeHad, BasketClosed and DifferentCurrencies.
    """
    shopper: Any = request
    is_new = False
    try:
        with transaction.atomic():
            wait_for_basket(shopper)
            is_new = not shopper.basket.pk
            chosen = choose(basket=shopper.basket, place=place)
            goods = Product.objects.select_related("product_class", "parent__product_class")
            put_in(basket=shopper.basket, product=goods.get(pk=product_id))
    except BaseException:
        if is_new:  # it was not kept: the browser must not be told of it
            shopper.basket.pk = None
        raise
    return chosen
