"""``{% load baskets %}``: what the header says of the basket, and what the checkout shows of it."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.utils import timezone

from shop.baskets.goods import Goods, goods_of
from shop.baskets.pickup import Collecting, collected, collecting
from shop.baskets.steps import Step, steps
from shop.baskets.units import units_in_basket
from shop.storefront.memory import edition_of
from shop.storefront.shelf import Card, browsable, cards

register = template.Library()


@register.simple_tag(takes_context=True)
def basket_units(context: Context) -> int:
    """``{% basket_units as units %}``: how much is in the basket; 0 without a request."""
    request: HttpRequest | None = context.get("request")
    return units_in_basket(request) if request and hasattr(request, "user") else 0


@register.simple_tag(takes_context=True)
def checkout_steps(context: Context, now: str) -> list[Step]:
    """``{% checkout_steps "address" as steps %}``: the way through the checkout."""
    return steps(context["request"], now)


@register.simple_tag(takes_context=True)
def with_goods(context: Context, lines: Iterable[Any]) -> list[tuple[Any, Goods | None]]:
    """``{% with_goods basket.all_lines as lines %}``: each line of a basket or an order with what it is of."""
    known = list(lines)
    goods = goods_of({line.product_id for line in known if line.product_id}, edition_of(context["request"]))
    return [(line, goods.get(line.product_id)) for line in known]


@register.simple_tag
def collecting_of(basket: Any) -> Collecting | None:
    """``{% collecting_of basket as pickup %}``: where, and from when as of now; None where it is delivered."""
    return collecting(basket, timezone.now())


@register.simple_tag
def collected_of(order: Any) -> Collecting | None:
    """``{% collected_of order as pickup %}``: where, and when it was promised; None where it is delivered."""
    return collected(order)


@register.simple_tag(takes_context=True)
def cards_of(context: Context, products: Iterable[Any]) -> list[Card]:
    """``{% cards_of products as cards %}``: what stands on a shelf for each of Oscar's products."""
    return cards(
        browsable().filter(pk__in=[product.pk for product in products]), edition=edition_of(context["request"])
    )
