"""A contradiction gets names of its own: the next free number, and the next free event id."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from itertools import count
from typing import Any, Final

from omni_sync.pos.adapters.native.read import normal_form
from omni_sync.pos.adapters.port import TillEvent
from omni_sync.pos.exceptions import Invalid
from omni_sync.pos.models import InboxEvent

#: Where each kind of event has its number; a void has none of its own.
NUMBER: Final = {
    "sale.completed": "sale",
    "sale.returned": "return",
    "stock.counted": "document",
    "stock.adjusted": "document",
    "stock.received": "document",
    "transfer.sent": "document",
    "transfer.received": "document",
    "customer.upserted": "document",
}
LONGEST_NUMBER: Final = 64
LONGEST_ID: Final = 255


class NoFreeName(Exception):
    """The event can't have a number of its own: it is a void, or in no form that we can read."""


def renumbered(event: InboxEvent, *, after: str = "") -> TillEvent:
    """``event`` in normal form, under an id and a number that are free: its own, or the first of ``R-1~2``, ``R-1~3``.

    With ``after`` the new id is that id with a suffix, so that it is greater, byte by byte. The caller sees to it that
    nobody else gives names on this connection. Raises NoFreeName.
    """
    payload = deepcopy(event.payload)
    key = NUMBER.get(event.type)
    try:
        payload["id"] = _first(_names(after or event.event_id, LONGEST_ID, own=not after), _id_is_free(event))
        number = payload["data"].get(key) if key else None
        for name in _names(number, LONGEST_NUMBER) if key and number else [None]:
            if key and name:
                payload["data"][key] = name
            form = normal_form(payload, event.index)
            if _is_free(event, document=form.document):
                return form
    except (Invalid, KeyError, TypeError, AttributeError) as error:
        raise NoFreeName(event.type) from error
    raise NoFreeName(event.type)


def _names(name: str, longest: int, *, own: bool = True) -> Iterator[str]:
    if own:
        yield name
    for n in count(2):
        suffix = f"~{n}"
        yield name[: longest - len(suffix)] + suffix


def _first(names: Iterator[str], is_free: Callable[[str], bool]) -> str:
    return next(name for name in names if is_free(name))


def _id_is_free(event: InboxEvent) -> Callable[[str], bool]:
    return lambda name: _is_free(event, event_id=name)


def _is_free(event: InboxEvent, **key: Any) -> bool:
    known = InboxEvent.objects.filter(connection=event.connection_id, **key).exclude(state__in=InboxEvent.KEYLESS)
    if "document" in key:
        known = known.filter(store=event.store_id).exclude(state=InboxEvent.State.DUPLICATE)
    return not known.exists()
