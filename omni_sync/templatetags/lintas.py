"""``{% load lintas %}``: how money, icons, languages and forms are written in every room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest
from django.template.context import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from omni_sync.catalogue.wording import own_title, own_words
from omni_sync.design import fields, languages
from omni_sync.money.formatting import format_money

register = template.Library()
register.filter("own_words", own_words)
register.filter("own_title", own_title)


@register.filter
def money(amount: Decimal | None, currency: str) -> str:
    """``{{ amount|money:"IDR" }}``: Rp149.000 for an Indonesian reader; nothing for no amount."""
    return "" if amount is None else format_money(amount, currency, get_language() or "en")


@register.filter
def each_in_own_words(texts: Iterable[str]) -> list[str]:
    """``{{ said.facts|each_in_own_words|join:" · " }}``: the merchant's words in the reader's language."""
    return [own_words(text) for text in texts]


@register.filter
def at_place(moment: datetime | None, place: Any) -> str:
    """``{{ event.occurred_at|at_place:event.store }}``: 21 Nov 2026, 09:03:11 WIB by that Partner's clock (R8)."""
    if moment is None:
        return ""
    location = getattr(place, "location", None)
    zone = ZoneInfo(location.timezone) if location else None
    return formats.date_format(timezone.localtime(moment, zone), gettext("j M Y, H:i:s T"))


@register.simple_tag(takes_context=True)
def beside(context: Context, name: str) -> str:
    """The address of ``name`` beside this page: where a shop has our pages once more, as ``shop-…``, that one there."""
    request: HttpRequest | None = context.get("request")
    here = request.resolver_match if request else None
    prefix = here.namespace.removesuffix(here.app_name) if here else ""
    return reverse(name, current_app=prefix + name.partition(":")[0])


@register.simple_tag
def icon(name: str) -> SafeString:
    """One line icon of the sprite; it says nothing to a screen reader, so a word stands beside it."""
    return _drawn(static("lintas/icons.svg"), name)


@lru_cache(maxsize=200)
def _drawn(sprite: str, name: str) -> SafeString:
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>', sprite, name)


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> list[languages.LanguageLink]:
    """The same page in the other languages; empty without a request."""
    request: HttpRequest | None = context.get("request")
    return languages.language_links(request) if request else []


@register.filter
def field_kind(field: BoundField) -> str:
    """Which of the controls of ``lintas/parts/field.html`` shows the field."""
    return fields.kind(field)


@register.simple_tag
def control(field: BoundField, hint: object = "", autocomplete: str = "") -> str:
    """The field's control without its label; it knows its hint and its errors by their ids."""
    return fields.control(field, hint=hint, autocomplete=autocomplete)


@register.simple_tag
def described_by(field: BoundField, hint: object = "") -> str:
    """The ids of the field's hint and errors, for a group of controls."""
    return fields.described_by(field, hint=hint)


@register.simple_tag
def wrongs(*forms: BaseForm | BaseFormSet[Any] | str | None) -> list[fields.Wrong]:
    """What is wrong with all of the forms; a name that the page does not have counts as none."""
    return [wrong for form in forms if not isinstance(form, str) for wrong in fields.wrongs(form)]
