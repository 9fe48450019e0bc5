from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from instore.devices.models import Device
from instore.requests.exceptions import NothingAsked, StoreClosed, TooManyWait
from instore.requests.models import LONGEST_KEY, NUMBERS, Kind, LastNumber, Request, RequestLine, To
from instore.requests.signals import request_changed
from instore.requests.tokens import token_for, token_hash
from instore.stores.models import Store
from instore.stores.opening import opening
from omni_sync.oscar.models import Product

MOST_LINES: Final = 20  # an associate has two arms
MOST_OF_ONE: Final = 9
SHORTEST_KEY: Final = 16


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many of a product."""

    product_id: int
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """The number that is called out, and what opens the asker's view."""

    pk: int
    number: int
    token: str = field(repr=False)


def ask(
    *,
    store: Store,
    kind: Kind,
    wants: Sequence[Wanted] = (),
    to: To = To.HERE,
    place: str = "",
    device: Device | None = None,
    key: str,
) -> Asked:
    """Ring the tablets of ``store``; the same ``key``, the nonce of a form, asks once.

    A shopper at a ``device`` of the store stands in it; of any other the store must be open. What the shop does not
    show is left out. Raises StoreClosed, NothingAsked and TooManyWait; ValueError for a key that could be guessed.
    """
    if not (SHORTEST_KEY <= len(key) <= LONGEST_KEY):
        raise ValueError("a key is a nonce of 16 to 64 characters")
    with transaction.atomic(durable=True):
        last = _turn(store)
        before = Request.objects.filter(key=key).first()
        if before is not None:
            return Asked(before.pk, before.number, token_for(key))
        if device is None:
            _check_open(store)
        lines = _lines(wants)
        if kind == Kind.BRING and not lines:
            raise NothingAsked
        request = Request.objects.create(
            store=store,
            kind=kind,
            to=to,
            number=_next_number(last),
            place=place.replace("\0", "")[:64],
            device=device,
            key=key,
            token_hash=token_hash(token_for(key)),
        )
        RequestLine.objects.bulk_create([RequestLine(request=request, **line) for line in lines])
        request_changed.send(Request, request=request)
    return Asked(request.pk, request.number, token_for(key))


def _turn(store: Store) -> LastNumber:
    """Of many who ask at once each waits for the one before."""
    LastNumber.objects.bulk_create([LastNumber(store=store)], ignore_conflicts=True)
    return LastNumber.objects.select_for_update().get(store=store)


def _check_open(store: Store) -> None:
    now = opening(store.hours, zone=ZoneInfo(store.partner.location.timezone), now=timezone.now())
    if not now.is_open:
        raise StoreClosed(now.changes)


def _next_number(last: LastNumber) -> int:
    """The one after the last; numbers that are with somebody who waits are passed over."""
    taken = set(Request.objects.open().filter(store=last.store_id).values_list("number", flat=True))
    ahead = (last.number + step for step in range(NUMBERS))
    number = next((one % NUMBERS + 1 for one in ahead if one % NUMBERS + 1 not in taken), None)
    if number is None:
        raise TooManyWait
    last.number = number
    last.save(update_fields=["number"])
    return number


def _lines(wants: Sequence[Wanted]) -> list[dict[str, int]]:
    """What is shown of it, each product once."""
    quantities: dict[int, int] = {}
    for want in wants[:MOST_LINES]:
        quantities[want.product_id] = min(quantities.get(want.product_id, 0) + max(want.quantity, 1), MOST_OF_ONE)
    shown = Product.objects.filter(pk__in=quantities, is_public=True).exclude(parent__is_public=False)
    keys = set(shown.values_list("pk", flat=True))
    return [{"product_id": key, "quantity": units} for key, units in quantities.items() if key in keys]
