"""``{% load baskets %}``: what the header says of the basket."""

from django import template
from django.http import HttpRequest
from django.template.context import Context

from shop.baskets.units import units_in_basket

register = template.Library()


@register.simple_tag(takes_context=True)
def basket_units(context: Context) -> int:
    """``{% basket_units as units %}``: how much is in the basket; 0 without a request."""
    request: HttpRequest | None = context.get("request")
    return units_in_basket(request) if request and hasattr(request, "user") else 0
