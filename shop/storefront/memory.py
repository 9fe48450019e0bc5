"""What the catalogue says is read once and remembered by the process, until it changes.

Stock and prices are never remembered. Every save of a product, a picture, a number, a category or a page moves a
sequence on; a request asks for it once and takes only what was read at that figure. Rows written past Django's signals
(bulk writes) are seen within a minute, or at once after ``catalogue_changed()``. Nothing is remembered inside a
transaction: it may see what nobody else sees, and may be rolled back.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Final, Generic, NamedTuple, TypeVar

from django.db import connection, transaction
from django.http import HttpRequest

from instore.stores.queries import read_rows

SECONDS: Final = 60.0
MOST: Final = 2000
Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(NamedTuple, Generic[Value]):
    """A value, the figure it was read at, and until when it is believed."""

    value: Value
    version: int
    until: float


@dataclass(frozen=True, slots=True)
class Edition:
    """The catalogue as one request finds it; without a version it is remembered for this request only."""

    version: int | None
    own: dict[Hashable, Any] = field(default_factory=dict)


class Memory(Generic[Key, Value]):
    """The answers of ``read`` by their key, those used last; a refusal is raised and not remembered."""

    def __init__(self, read: Callable[[Key], Value], *, most: int = MOST) -> None:
        self._read = read
        self._most = most
        self._kept: OrderedDict[Key, Kept[Value]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key, edition: Edition) -> Value:
        """What ``read`` says of ``key``, in ``edition`` or a later one."""
        if edition.version is None:
            return self._asked_once(key, edition.own)
        kept = self._kept.get(key)
        if kept is not None and kept.version == edition.version and time.monotonic() < kept.until:
            return kept.value
        value = self._read(key)
        with self._lock:
            self._kept[key] = Kept(value, edition.version, time.monotonic() + SECONDS)
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return value

    def _asked_once(self, key: Key, own: dict[Hashable, Any]) -> Value:
        if (self, key) not in own:
            own[self, key] = self._read(key)
        value: Value = own[self, key]
        return value


def edition_of(request: HttpRequest) -> Edition:
    """The edition that ``request`` shows: the database is asked once."""
    known: Edition | None = getattr(request, "_edition", None)
    if known is None:
        known = Edition(None if connection.in_atomic_block else _read_version())
        request._edition = known  # type: ignore[attr-defined]
    return known


def forget(request: HttpRequest) -> None:
    """``request`` shows what is not published: nothing is taken from what is remembered, nothing added to it."""
    request._edition = Edition(None)  # type: ignore[attr-defined]


def catalogue_changed(**_: object) -> None:
    """What every process remembers of the catalogue is old as soon as this transaction's writes can be seen.

    Told once a transaction: a call that an earlier one of the same or an outer block covers adds nothing.
    """
    within = set(connection.savepoint_ids)
    if not any(told is _tell and sids <= within for sids, told, *_ in connection.run_on_commit):
        transaction.on_commit(_tell)


def _tell() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('shop_catalogue_version')")


def _read_version() -> int:
    ((version,),) = read_rows("SELECT last_value FROM shop_catalogue_version")
    return int(version)
