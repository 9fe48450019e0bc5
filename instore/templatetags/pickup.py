"""``{% load pickup %}``: what the shopper's pickup page says."""

from django import template

from instore.pickup import words
from instore.pickup.address import path_for
from omni_sync.oscar.models import Order

register = template.Library()
register.filter("ready_when", words.ready_when)
register.filter("kept_until", words.kept_until)
register.filter("ended_when", words.ended_when)
register.filter("spoken", words.spoken)


@register.simple_tag
def pickup_path(order: Order) -> str:
    """``{% pickup_path order as path %}``: its pickup's page; empty for an order that is not collected."""
    return path_for(order)
