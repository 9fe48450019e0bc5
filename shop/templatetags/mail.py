"""``{% load mail %}``: what a letter needs that no request gives it."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def absolute(path: str) -> str:
    """``path`` as a whole address, for a letter is read elsewhere."""
    return f"{settings.BASE_URL.rstrip('/')}{path}"


@register.simple_tag
def shop_called() -> str:
    """The name of the shop."""
    return str(settings.OSCAR_SHOP_NAME)
