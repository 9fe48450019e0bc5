"""Times and names on the tablet, in the words of whoever reads at arm's length."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from instore.pickup.models import Pickup, State
from instore.stores.words import from_when, moment_words

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)


def initials(name: str) -> str:
    """``Sari Dewi Putri``: SP; nothing for nobody."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def promised_words(pickup: Pickup) -> str:
    """``Promised today from 14:00``; by the clock of the store, which is the current one."""
    if pickup.promised_at is None:
        return gettext("As soon as you can")
    return gettext("Promised %(when)s") % {"when": from_when(timezone.localtime(pickup.promised_at))}


def kept_words(pickup: Pickup) -> str:
    """``Kept until tomorrow, 18:00``."""
    at = timezone.localtime(pickup.deadline)
    return gettext("Kept until %(when)s") % {"when": moment_words(at)}


def when_words(pickup: Pickup) -> str:
    """By when it must be picked, or until when it waits or has waited; nothing once nobody comes any more."""
    if pickup.state in (State.PLACED, State.PICKING):
        return promised_words(pickup)
    return kept_words(pickup) if pickup.state in (State.READY, State.EXPIRED) else ""


def late_words(pickup: Pickup, now: datetime | None = None) -> str:
    """``25 minutes late`` where the shopper was promised the bag by now; else nothing."""
    late = (now or timezone.now()) - pickup.promised_at if pickup.promised_at else timedelta()
    if pickup.state not in (State.PLACED, State.PICKING) or late < timedelta(minutes=1):
        return ""
    if late < HOUR:
        number = late // timedelta(minutes=1)
        return ngettext("%(number)d minute late", "%(number)d minutes late", number) % {"number": number}
    if late < DAY:
        number = late // HOUR
        return ngettext("%(number)d hour late", "%(number)d hours late", number) % {"number": number}
    number = late // DAY
    return ngettext("%(number)d day late", "%(number)d days late", number) % {"number": number}
