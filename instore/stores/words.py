"""Times of a promise and of a door, in the reader's words."""

from datetime import datetime, timedelta

import phonenumbers
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext

from instore.stores.opening import Opening

WEEK = 7
NEAR = 10
TO = "\N{EN DASH}"


def from_when(ready: datetime, now: datetime | None = None) -> str:
    """``today from 14:00``, ``tomorrow from 10:00``, ``Friday from 10:00``, by the days of the zone of ``ready``."""
    here = (now or timezone.now()).astimezone(ready.tzinfo)
    clock = clock_words(ready)
    days = (ready.date() - here.date()) // timedelta(days=1)
    if days == 0:
        return gettext("today from %(time)s") % {"time": clock}
    if days == 1:
        return gettext("tomorrow from %(time)s") % {"time": clock}
    day = date_format(ready, "l" if days < WEEK else gettext("j F"))
    return gettext("%(day)s from %(time)s") % {"day": day, "time": clock}


def moment_words(at: datetime) -> str:
    """``today, 18:00``, ``tomorrow, 18:00``, ``24 November, 18:00``, by the days of the current zone."""
    return gettext("%(day)s, %(time)s") % {"day": day_words(at, timezone.localtime()), "time": clock_words(at)}


def day_words(at: datetime, now: datetime) -> str:
    """``yesterday``, ``today``, ``tomorrow``, ``24 November``, by the days of the zone of ``at``."""
    days = (at.date() - now.astimezone(at.tzinfo).date()) // timedelta(days=1)
    near = {-1: gettext("yesterday"), 0: gettext("today"), 1: gettext("tomorrow")}
    return near.get(days) or date_format(at, gettext("j F"))


def opening_words(opening: Opening, now: datetime | None = None) -> str:
    """``Open until 21:00``, ``Closed, opens tomorrow at 10:00``, by the days of the store's own zone."""
    if opening.changes is None:
        return gettext("Open day and night") if opening.is_open else gettext("Closed for now")
    clock = clock_words(opening.changes)
    if opening.is_open:
        return gettext("Open until %(time)s") % {"time": clock}
    here = (now or timezone.now()).astimezone(opening.changes.tzinfo)
    days = (opening.changes.date() - here.date()) // timedelta(days=1)
    if days == 0:
        return gettext("Closed, opens today at %(time)s") % {"time": clock}
    if days == 1:
        return gettext("Closed, opens tomorrow at %(time)s") % {"time": clock}
    day = date_format(opening.changes, "l" if days < WEEK else gettext("j F"))
    return gettext("Closed, opens %(day)s at %(time)s") % {"day": day, "time": clock}


def clock_words(moment: datetime) -> str:
    """A time as the reader writes it: ``21:00``, ``21.00``."""
    return date_format(moment, gettext("H:i"))  # in Django's date letters


def span_words(opens: str, closes: str) -> str:
    """``10:00`` to ``21:00`` in one, as the reader writes times; midnight stays 24:00."""
    separator = "." if "." in gettext("H:i") else ":"
    return f"{opens}{TO}{closes}".replace(":", separator)


def number_words(distance: float) -> str:
    """Kilometres as the reader writes numbers: ``4.2`` below ten, then whole ones."""
    return number_format(distance, decimal_pos=1 if distance < NEAR else 0, force_grouping=True)


def telephone_words(number: str) -> str:
    """The number in groups, with the country's code; what is no number is left as it is."""
    try:
        return phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    except phonenumbers.NumberParseException:
        return number
