"""Pages of long histories: a page costs the same on the first day and after a million rows, for nothing is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.models import QuerySet

PAGE: Final = 50
#: How many keys one page looks through for rows that fit; a filter without an index of its own is asked for again.
WINDOW: Final = 50_000
PATIENCE: Final = 3
LONGEST_KEY: Final = 18  # digits that fit into a bigint, whatever they are


@dataclass(frozen=True, slots=True)
class Keyset:
    """Rows from the newest on. ``older`` is the key the next page begins below, None at the end of the history.

    ``looked_through`` says that the page ended before it was full: there may be more, further back.
    """

    rows: Sequence[Any]
    older: int | None = None
    is_first: bool = True
    looked_through: bool = False


def newest_first(
    rows: QuerySet[Any], *, before: int | None, after: int = 0, window: int | None = None, size: int = PAGE
) -> Keyset:
    """The ``size`` rows with the greatest keys below ``before``.

    With ``window`` they are looked for among so many keys, and among as many again while nothing is found at all,
    ``PATIENCE`` times; never at ``after`` or below.
    """
    page = _one(rows, before, after, window, size)
    for _again in range(PATIENCE):
        if page.rows or page.older is None:
            break
        page = replace(_one(rows, page.older, after, window, size), is_first=page.is_first)
    return page


def key_of(text: str) -> int | None:
    """The key in an address; None where it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY else None


def _one(rows: QuerySet[Any], before: int | None, after: int, window: int | None, size: int) -> Keyset:
    is_first = before is None
    low = after
    rows = rows.order_by("-pk")
    if window:
        high = before or _greatest(rows) + 1
        low = max(high - window, after)
        rows = rows.filter(pk__lt=high, pk__gte=low)
    elif before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: size + 1])
    if len(found) > size:
        return Keyset(found[:size], found[size - 1].pk, is_first)
    goes_on = bool(window) and low > after
    return Keyset(found, low if goes_on else None, is_first, looked_through=goes_on)


def _greatest(rows: QuerySet[Any]) -> int:
    newest = rows.model._default_manager.order_by("-pk").values_list("pk", flat=True)[:1]
    return next(iter(newest), 0)
