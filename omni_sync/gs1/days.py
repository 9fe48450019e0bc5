"""Dates as GS1 symbols carry them: YYMMDD, in a century that is guessed (GS1 General Specifications, 7.12)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Final

_AHEAD: Final = 50  # years; what is more than that ahead is of the century before
_LONG_AGO: Final = 51


def day_of(said: str, *, today: date | None = None) -> date:
    """The day that the valid ``said`` means, day 00 being the last of its month.

    Two digits of a year are the year nearest to this one: up to 50 ahead, else up to 49 back.
    """
    this_year = (today or date.today()).year  # noqa: DTZ011 - the century does not turn on a zone
    year = this_year - this_year % 100 + int(said[:2])
    if year - this_year >= _LONG_AGO:
        year -= 100
    elif this_year - year >= _AHEAD:
        year += 100
    month, day = int(said[2:4]), int(said[4:6])
    return date(year, month, day or monthrange(year, month)[1])
