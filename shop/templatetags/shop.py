"""``{% load shop %}``: the merchant's own words, and what the header names on every page."""

from django import template
from django.http import HttpRequest
from django.template.context import Context

from shop.storefront import words
from shop.storefront.catalogue import Shelf, top_shelves
from shop.storefront.memory import catalogue_version

register = template.Library()


@register.filter
def own_words(text: str) -> str:
    """``text`` of the merchant's in the reader's language, where a catalogue has it."""
    return words.own_words(text)


@register.simple_tag(takes_context=True)
def shop_shelves(context: Context) -> list[Shelf]:
    """``{% shop_shelves as shelves %}``: the categories of the header; none without a request."""
    request: HttpRequest | None = context.get("request")
    return top_shelves(catalogue_version(request)) if request else []
