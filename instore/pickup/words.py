"""A pickup's times and code in the words of its shopper, by the clock of the store, which is the current one."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext

from instore.pickup.models import Pickup
from instore.stores.words import from_when, moment_words


def ready_when(pickup: Pickup) -> str:
    """``Ready today from 14:00 at Menteng``."""
    store = str(pickup.store)
    if pickup.promised_at is None:
        return gettext("Ready as soon as %(store)s can") % {"store": store}
    when = from_when(timezone.localtime(pickup.promised_at))
    return gettext("Ready %(when)s at %(store)s") % {"when": when, "store": store}


def kept_until(pickup: Pickup) -> str:
    """``tomorrow, 18:00``."""
    return moment_words(timezone.localtime(pickup.deadline))


def ended_when(pickup: Pickup) -> str:
    """``today, 14:02``; nothing while it is open."""
    return moment_words(timezone.localtime(pickup.ended_at)) if pickup.ended_at else ""


def spoken(code: str) -> str:
    """``A7K 3PX``: read aloud in two breaths."""
    half = len(code) // 2
    return f"{code[:half]} {code[half:]}".strip()
