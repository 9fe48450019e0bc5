"""The basket and the orders of an account whose owner stands in a store: somebody else's hand is at the device."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser
from oscar.core.loading import get_class

from omni_sync.carts.exceptions import BasketClosed
from omni_sync.carts.fulfilment import choose
from omni_sync.carts.put import NotToBeHad, put_in
from omni_sync.oscar.middleware import take_turn_of
from omni_sync.oscar.models import Basket, Order, Partner, Product
from omni_sync.oscar.visitor import behind
from omni_sync.transactions import inside_transaction


def open_basket_of(user_id: int) -> Any:
    """The basket that this account's devices show; None where it has none yet. One query."""
    return open_baskets_of(user_id).first()


def open_baskets_of(user_id: int) -> Any:
    """The open baskets of this account as a query; the first is what its devices show."""
    return Basket.open.filter(owner=user_id).order_by("pk")


@inside_transaction
def put_into_basket_of(*, user: Any, product: Product) -> Any:
    """One more of ``product`` in the basket that every device of this account shows; the basket.

    Raises NotToBeHad where the place that the basket is at has no more, or no price.
    """
    take_turn_of(user)
    basket = open_basket_of(user.pk) or Basket.open.create(owner=user)
    return _put(basket, user, product)


@inside_transaction
def put_into_basket(*, basket: Any, product: Product) -> Any:
    """The same for a basket of nobody's."""
    return _put(basket, AnonymousUser(), product)


@inside_transaction
def order_at_place(*, user: Any, email: str, product: Product, place: Partner, asked: Mapping[str, Any]) -> Order:
    """One of ``product`` for ``user`` (without an account: by ``email``), to be collected and paid at ``place``.

    What Oscar's own checkout would do, an adopter's classes included; the account's own basket stays as it is. Raises
    NotToBeHad, and what a checkout raises (UnableToPlaceOrder); the caller's transaction is to be undone then.
    """
    shopper = user or AnonymousUser()
    basket = Basket.objects.create(owner=user, status=Basket.SAVED)
    behind(basket, shopper)
    choose(basket=basket, place=place)
    _put(basket, shopper, product)
    get_class("offer.applicator", "Applicator")().apply(basket, shopper, None)
    (method,) = get_class("shipping.repository", "Repository")().get_shipping_methods(
        basket=basket, user=shopper, shipping_addr=None, request=None
    )
    charge = method.calculate(basket)
    applicator = get_class("checkout.applicator", "SurchargeApplicator")()
    surcharges = applicator.get_applicable_surcharges(basket, shipping_charge=charge)
    total = get_class("checkout.calculators", "OrderTotalCalculator")().calculate(basket, charge, surcharges)
    placement: Any = get_class("checkout.mixins", "OrderPlacementMixin")()
    order: Order = placement.place_order(
        order_number=get_class("order.utils", "OrderNumberGenerator")().order_number(basket),
        user=shopper, basket=basket, shipping_address=None, shipping_method=method, shipping_charge=charge,
        order_total=total, surcharges=surcharges, asked=asked, **({} if user else {"guest_email": email}),
    )  # fmt: skip
    basket.submit()
    return order


def _put(basket: Any, user: Any, product: Product) -> Any:
    behind(basket, user)
    try:
        put_in(basket=basket, product=product)
    except BasketClosed as paying:  # this moment
        raise NotToBeHad(product, 0) from paying
    return basket
