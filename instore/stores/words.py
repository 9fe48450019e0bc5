"""Times of a promise, in the reader's words."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

WEEK = 7


def from_when(ready: datetime, now: datetime | None = None) -> str:
    """``today from 14:00``, ``tomorrow from 10:00``, ``Friday from 10:00``, by the days of the zone of ``ready``."""
    here = (now or timezone.now()).astimezone(ready.tzinfo)
    clock = date_format(ready, gettext("H:i"))  # the reader's way to write a time, in Django's date letters
    days = (ready.date() - here.date()) // timedelta(days=1)
    if days == 0:
        return gettext("today from %(time)s") % {"time": clock}
    if days == 1:
        return gettext("tomorrow from %(time)s") % {"time": clock}
    day = date_format(ready, "l" if days < WEEK else gettext("j F"))
    return gettext("%(day)s from %(time)s") % {"day": day, "time": clock}
