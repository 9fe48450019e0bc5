"""``{% load shop %}``: the merchant's own words."""

from django import template
from django.utils.translation import pgettext

register = template.Library()


@register.filter
def own_words(text: str) -> str:
    """``text`` of the merchant's (a product's name, a colour) in the reader's language, where a catalogue has it.

    Oscar keeps one language per product; a translation belongs into a message catalogue under the context ``product``.
    """
    return pgettext("product", text) if text else ""
