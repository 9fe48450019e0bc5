"""What pages about journeys ask of their forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def as_select(field: BoundField) -> SafeString:
    """A field to choose from, as the dashboard's own look."""
    wrong = " is-invalid" if field.errors else ""
    return field.as_widget(attrs={"class": f"form-control{wrong}"})


@register.filter
def of(found: Mapping[Any, Any], key: Any) -> Any:
    """What belongs to ``key``; nothing where nothing does."""
    return found.get(key, ())
