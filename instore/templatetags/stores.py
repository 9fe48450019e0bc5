"""``{% load stores %}``: promises and opening hours in words."""

from datetime import datetime

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.utils import timezone
from django.utils.translation import gettext

from instore.stores import words
from instore.stores.chosen import chosen
from instore.stores.known import KnownStore
from instore.stores.opening import Day

register = template.Library()


@register.filter
def from_when(ready: datetime | None) -> str:
    """``{{ ready|from_when }}``: "today from 14:00"; nothing for no promise."""
    return "" if ready is None else words.from_when(ready)


@register.filter
def opening_words(store: KnownStore) -> str:
    """``{{ store|opening_words }}``: "Open until 21:00"."""
    now = timezone.now()
    return words.opening_words(store.opening(now), now)


@register.filter
def hours_of(day: Day) -> str:
    """``{{ day|hours_of }}``: from when to when it is open, or that it is closed."""
    return ", ".join(words.span_words(*span) for span in day.spans) or gettext("closed")


@register.simple_tag(takes_context=True)
def my_store(context: Context) -> KnownStore | None:
    """``{% my_store as mine %}``: the store this person chose; None without one."""
    request: HttpRequest | None = context.get("request")
    return chosen(request) if request else None


@register.filter
def kilometres(distance: float) -> str:
    """``{{ 1234.5|kilometres }}``: "1,235 km"; less than ten with its tenths, less than one as that."""
    if distance < 1:
        return gettext("less than 1 km")
    return gettext("%(distance)s km") % {"distance": words.number_words(distance)}


@register.filter
def telephone(number: str) -> str:
    """``{{ "+62215550181"|telephone }}``: as it is dialled from abroad, in groups; what is no number stays."""
    return words.telephone_words(number)
