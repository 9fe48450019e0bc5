"""Whether goods are made in a size."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db import connection

#: A size system, a size of it, and a category.
Sized = tuple[str, str, int]


def made_among(wanted: Iterable[Sized]) -> set[Sized]:
    """Those of ``wanted`` of which there are goods, in the category itself or below it: one query."""
    columns = [list(column) for column in zip(*set(wanted), strict=True)] or [[], [], []]
    with connection.cursor() as cursor:
        cursor.execute(_MADE, columns)
        return {(system, size, category) for system, size, category in cursor.fetchall()}


_MADE: Final = """
    SELECT w.system, w.size, w.category FROM unnest(%s::text[], %s::text[], %s::int[]) AS w(system, size, category)
     WHERE EXISTS (SELECT FROM omni_sync_entry e
                    WHERE e.size = w.size AND e.size_system = w.system AND w.category = ANY(e.categories))
"""
