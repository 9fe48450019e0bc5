"""The contacts of a person with every channel, each written once, in the transaction of what it tells of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet

from omni_sync.people.models import Person, Touchpoint
from omni_sync.transactions import inside_transaction


@dataclass(frozen=True, slots=True)
class Touch:
    """A contact; ``key`` names the row it comes of, ``data`` says little."""

    person_id: int
    channel: str
    kind: str
    at: datetime
    key: str
    store_id: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


_gathered: Final[ContextVar[dict[str, Touch] | None]] = ContextVar("gathered", default=None)


@inside_transaction
def touch(touches: Iterable[Touch]) -> None:
    """Write these contacts, those apart that are written already: one statement, none yet inside ``gathering``."""
    told = {one.key: one for one in touches}
    gathered = _gathered.get()
    if gathered is not None:
        gathered.update(told)
    elif told:
        _write(list(told.values()))


@contextmanager
def gathering() -> Iterator[None]:
    """What is touched in the block is written at its end, in one statement; nothing where the block fails."""
    gathered: dict[str, Touch] = {}
    token = _gathered.set(gathered)
    try:
        yield
    finally:
        _gathered.reset(token)
    touch(gathered.values())


@inside_transaction
def take_back(keys: Sequence[str]) -> None:
    """These never happened."""
    gathered = _gathered.get() or {}
    written = [key for key in keys if gathered.pop(key, None) is None]
    if written:
        Touchpoint.objects.filter(key__in=written).delete()


def timeline_of(person: Person) -> QuerySet[Touchpoint]:
    """All contacts of the human that ``person`` is a row of, the newest first."""
    rows = Person.objects.alike(person).values("pk")
    return Touchpoint.objects.filter(person__in=rows).select_related("store").order_by("-at", "-pk")


def _write(touches: Sequence[Touch]) -> None:
    columns: list[Any] = [
        [told.person_id for told in touches],
        [str(told.channel) for told in touches],
        [str(told.kind) for told in touches],
        [told.at for told in touches],
        [told.store_id for told in touches],
        [told.key for told in touches],
        [json.dumps(dict(told.data)) for told in touches],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHES, columns)


_TOUCHES = """
    INSERT INTO omni_sync_touchpoint (person_id, channel, kind, at, store_id, key, data)
    SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::timestamptz[], %s::int[], %s::text[], %s::jsonb[])
        ON CONFLICT (key) DO NOTHING
"""
