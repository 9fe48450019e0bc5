"""The stores people can walk into, remembered: every page's header names one of them.

A process remembers them for ten seconds, and forgets them at once when it saves one itself. Nothing is remembered
inside a transaction: it may see what nobody else sees, and may be rolled back.
"""

import threading
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest

from instore.stores.hours import Hours
from instore.stores.models import Store
from instore.stores.opening import Opening, opening
from instore.stores.queries import Point
from omni_sync.oscar.models import Partner
from omni_sync.stock.models import Location, default_timezone

SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class KnownStore:
    """What a list of stores says of one."""

    code: str
    name: str
    street: str
    district: str
    city: str
    postcode: str
    phone: str
    zone: ZoneInfo
    hours: Hours
    point: Point | None

    def opening(self, now: datetime) -> Opening:
        """Whether it is open at ``now``, and what comes next."""
        return opening(self.hours, zone=self.zone, now=now)


def known_stores() -> dict[str, KnownStore]:
    """Every public store by its code, ordered by city and name: no query while they are remembered, else one."""
    if connection.in_atomic_block:
        return _read()
    return _memory.stores()


def stores_for(request: HttpRequest) -> dict[str, KnownStore]:
    """The same, asked for once a request: its pages agree with themselves, also where nothing is remembered."""
    known: dict[str, KnownStore] | None = getattr(request, "_known_stores", None)
    if known is None:
        known = known_stores()
        request._known_stores = known  # type: ignore[attr-defined]
    return known


class _Memory:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stores: dict[str, KnownStore] = {}
        self._until = 0.0
        self._forgotten = 0

    def stores(self) -> dict[str, KnownStore]:
        if time.monotonic() < self._until:
            return self._stores
        before = self._forgotten
        stores = _read()
        with self._lock:
            if before == self._forgotten:  # else somebody saved a store while we were reading
                self._stores, self._until = stores, time.monotonic() + SECONDS
        return stores

    def forget(self) -> None:
        with self._lock:
            self._forgotten += 1
            self._until = 0.0


_memory: Final = _Memory()


@receiver([post_save, post_delete], sender=Store, dispatch_uid="instore.stores.known.store")
@receiver([post_save, post_delete], sender=Partner, dispatch_uid="instore.stores.known.partner")
@receiver([post_save, post_delete], sender=Location, dispatch_uid="instore.stores.known.location")
def forget_known_stores(**_: object) -> None:
    """Read them again: at once, and once more when what was written can be seen."""
    _memory.forget()
    transaction.on_commit(_memory.forget, robust=True)


def _read() -> dict[str, KnownStore]:
    found = (
        Store.objects.public().select_related("partner__location").order_by("city", "partner__name", "partner__code")
    )
    return {store.partner.code: as_known(store) for store in found}


def as_known(store: Store) -> KnownStore:
    """What there is to say of ``store``, public or not; asks nothing where its partner and location are read."""
    partner = store.partner
    placed = store.latitude is not None and store.longitude is not None
    return KnownStore(
        code=partner.code,
        name=str(partner),
        street=store.street,
        district=store.district,
        city=store.city,
        postcode=store.postcode,
        phone=store.phone,
        zone=ZoneInfo(_zone(partner)),
        hours=store.hours,
        point=Point(float(store.latitude or 0), float(store.longitude or 0)) if placed else None,
    )


def _zone(partner: Partner) -> str:
    try:
        return str(partner.location.timezone)
    except Location.DoesNotExist:
        return default_timezone()
