"""``{% load stores %}``: promises in words."""

from datetime import datetime

from django import template

from instore.stores import words

register = template.Library()


@register.filter
def from_when(ready: datetime | None) -> str:
    """``{{ ready|from_when }}``: "today from 14:00"; nothing for no promise."""
    return "" if ready is None else words.from_when(ready)
