"""``{% load live %}``: parts of a page that follow what they show."""

from collections.abc import Iterable

from django import template

from omni_sync.live.place import address
from omni_sync.live.token import issue

register = template.Library()


@register.simple_tag
def live_token(topics: Iterable[str]) -> str:
    """``data-live="{% live_token page.topics %}"``; empty where nothing is published, and nobody comes to listen."""
    return issue(topics) if address() is not None else ""
