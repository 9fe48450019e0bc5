"""``{% load content %}``: what editors wrote."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString

from shop.content.blocks import faq

register = template.Library()


@register.simple_tag
def faq_json_ld(blocks: Iterable[Any]) -> SafeString:
    """``{% faq_json_ld blocks as questions %}``: what search engines are told; nothing without questions."""
    return faq.faq_json_ld(blocks or ())
