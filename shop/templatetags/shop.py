"""``{% load shop %}``: the merchant's own words, and what the header names on every page."""

from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import HttpRequest
from django.template.context import Context
from django.utils import formats
from django.utils.safestring import SafeString

from omni_sync.money.amounts import write
from shop.storefront import parts, words
from shop.storefront.catalogue import Shelf, top_shelves
from shop.storefront.memory import edition_of
from shop.storefront.pictures import Picture, picture

register = template.Library()


@register.filter
def own_words(text: str) -> str:
    """``text`` of the merchant's in the reader's language, where a catalogue has it."""
    return words.own_words(text)


@register.filter
def described(text: str) -> SafeString:
    """A description of the merchant's in the reader's language, reduced to plain elements."""
    return words.described(words.own_words(text))


@register.filter
def page_numbers(page: Page[Any]) -> list[int | None]:
    """The numbers that stand between "previous" and "next": the first, the last and those near; None for a gap."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in numbers]


@register.simple_tag(takes_context=True)
def shop_shelves(context: Context) -> tuple[Shelf, ...]:
    """``{% shop_shelves as shelves %}``: the categories of the header; none without a request."""
    request: HttpRequest | None = context.get("request")
    return top_shelves(edition_of(request)) if request else ()


@register.simple_tag
def part(name: str, **given: Any) -> SafeString:
    """``{% part "shop/storefront/card.html" card=card %}``: rendered once for what it is given, see ``parts``."""
    return parts.part(name, **given)


@register.simple_tag(takes_context=True)
def part_with_form(context: Context, name: str, **given: Any) -> SafeString:
    """The same for a part with a form: with this visitor's CSRF token."""
    return parts.with_token(parts.part(name, **given), context["request"])


@register.simple_tag(takes_context=True)
def stored_picture(context: Context, name: str) -> Picture | None:
    """``{% stored_picture image as picture %}``: what ``shop/parts/picture.html`` needs to show it; None for none."""
    return picture(name, edition_of(context["request"])) if "request" in context else None


@register.simple_tag
def this_minute() -> int:
    """What is given to a part that speaks of now: it is rendered again each minute."""
    return parts.this_minute()


@register.simple_tag
def this_quarter() -> int:
    """What is given to a part that speaks of days only: it is rendered again each quarter of an hour."""
    return parts.this_quarter()


@register.filter
def stars(score: float) -> list[str]:
    """``full``, ``half`` or ``none`` for each of five stars, to the nearest half."""
    halves = round(2 * float(score))
    return ["full" if halves >= 2 * place else "half" if halves == 2 * place - 1 else "none" for place in range(1, 6)]


@register.filter
def stars_said(score: float) -> str:
    """``4.3`` for one reader and ``4,3`` for another; ``5`` where it is whole."""
    return formats.number_format(score, decimal_pos=0 if float(score).is_integer() else 1)


@register.filter
def plain(amount: Decimal, currency: str) -> str:
    """``149000``: a price for machines."""
    return write(amount, currency)


@register.filter
def plain_markup(text: str) -> SafeString:
    """What a template of ours wrote for somebody's messages: paragraphs and links stay, anything else goes."""
    return words.described(text)
