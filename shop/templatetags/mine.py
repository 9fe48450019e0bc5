"""``{% load mine %}``: the shop that is somebody's own, in the header of every page."""

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.utils.safestring import SafeString

from shop.storefront.picker import picker

register = template.Library()


@register.simple_tag(takes_context=True)
def my_shop(context: Context) -> SafeString:
    """``{% my_shop %}``: its name, whether it is open, and a way to change it in place; nothing without a request."""
    request: HttpRequest | None = context.get("request")
    return picker(request) if request else SafeString("")
