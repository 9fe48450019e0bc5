"""``{% load shop %}``: the merchant's own words."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from shop.storefront import words

register = template.Library()


@register.filter
def own_words(text: str) -> str:
    """``text`` of the merchant's (a product's name, a colour) in the reader's language, where a catalogue has it.

    Oscar keeps one language per product; a translation belongs into a message catalogue under the context ``product``.
    """
    return pgettext("product", text) if text else ""


@register.filter
def described(text: str) -> SafeString:
    """A product's description, its HTML reduced to plain elements."""
    return words.described(text)
