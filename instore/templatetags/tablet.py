"""``{% load tablet %}``: what a tablet says of pickups."""

from django import template

from instore.pickup.models import Pickup
from instore.staff.guard import OnDuty
from instore.tablet import words
from instore.tablet.once import new_nonce
from instore.tablet.sender import sender_of

register = template.Library()
register.filter("initials", words.initials)


@register.simple_tag
def nonce() -> str:
    """``{% nonce %}``: the key of one form."""
    return new_nonce()


@register.simple_tag
def sender(duty: OnDuty) -> str:
    """``{% sender duty %}``: whose taps are sent later, as a number that names nobody."""
    return sender_of(duty)


@register.filter
def promised(pickup: Pickup) -> str:
    """``{{ pickup|promised }}``: "Promised today from 14:00"."""
    return words.promised_words(pickup)


@register.filter
def late(pickup: Pickup) -> str:
    """``{{ pickup|late }}``: "25 minutes late"; nothing while there is time."""
    return words.late_words(pickup)


@register.filter
def when(pickup: Pickup) -> str:
    """``{{ pickup|when }}``: "Promised today from 14:00", later "Kept until tomorrow, 18:00"."""
    return words.when_words(pickup)
