"""``{% load returns %}``: what waits to come back."""

from django import template

from instore.returns.announce import number_waiting
from instore.stores.models import Store

register = template.Library()


@register.simple_tag
def returns_waiting(store: Store) -> int:
    """``{% returns_waiting duty.store as waiting %}``: how many returns were announced for this store."""
    return number_waiting(store)
