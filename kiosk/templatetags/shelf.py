"""``{% load shelf %}``: for the pages of a shelf."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.conf.urls.i18n import is_language_prefix_patterns_used
from django.http import HttpRequest
from django.template.context import Context
from django.utils.formats import number_format
from django.utils.translation import get_language, get_language_info

from instore.tablet.once import new_nonce
from kiosk.shelf.visit import Visit
from omni_sync.design.languages import LanguageLink

register = template.Library()


@register.simple_tag
def nonce() -> str:
    """``{% nonce %}``: the key of one form."""
    return new_nonce()


@register.simple_tag(takes_context=True)
def shelf_languages(context: Context, visit: Visit) -> list[LanguageLink]:
    """This page in each of the shop's languages: the address has none of its own, so they are said behind it.

    None where the shop's other pages are in one language only.
    """
    request: HttpRequest = context["request"]
    by_address, _prefixed = is_language_prefix_patterns_used(settings.ROOT_URLCONF)
    if not by_address:
        return []
    return [
        LanguageLink(
            code,
            get_language_info(code)["name_local"],
            request.path + visit.in_language(code).query,
            code == get_language(),
        )
        for code, _ in settings.LANGUAGES
    ]


@register.filter
def stars(score: float) -> list[str]:
    """``full``, ``half`` or ``none`` for each of five stars, to the nearest half."""
    halves = round(2 * score)
    return ["full" if halves >= 2 * star else "half" if halves == 2 * star - 1 else "none" for star in range(1, 6)]


@register.filter
def stars_said(score: float) -> str:
    """``4.3`` for one reader and ``4,3`` for another; ``5`` where it is whole."""
    return number_format(score, decimal_pos=0 if float(score).is_integer() else 1)
