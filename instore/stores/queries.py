"""What every place can promise of a product, in one statement however many places there are."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from instore.stores.exceptions import DifferentProducts, UnknownProduct, UnknownStore
from instore.stores.hours import Hours
from instore.stores.promise import earliest

LOW: Final = 3


class Point(NamedTuple):
    """A position in degrees."""

    latitude: float
    longitude: float


@dataclass(slots=True)
class Offer:
    """One product at one place."""

    sku: str
    gtin: str | None
    available: int
    price: Decimal | None
    currency: str


@dataclass(slots=True)
class Place:
    """A place that has, or could have, a product: a store people can walk into, a place that sends parcels, or both."""

    code: str
    name: str
    city: str
    is_store: bool
    sells_online: bool
    distance_km: float | None
    timezone: str
    lead_minutes: int
    weekly_hours: str
    exceptions: str
    offers: dict[int, Offer] = field(default_factory=dict)  # by product id

    def available(self, product: int | None = None) -> int:
        """How many of ``product`` this place can promise; of whichever it has most of, when none is named."""
        if product is None:
            return max((offer.available for offer in self.offers.values()), default=0)
        offer = self.offers.get(product)
        return offer.available if offer else 0

    def collect_from(self, now: datetime) -> datetime | None:
        """When goods asked for at ``now`` can be collected here; None where nobody can walk in, or it never opens."""
        if not self.is_store:
            return None
        minute = now.replace(second=0, microsecond=0)
        asked = minute if minute == now else minute + timedelta(minutes=1)
        return _earliest(self.weekly_hours, self.exceptions, self.lead_minutes, self.timezone, asked)


@lru_cache(maxsize=2048)
def _earliest(week: str, exceptions: str, lead_minutes: int, zone: str, minute: datetime) -> datetime | None:
    """Stores with the same hours promise the same time: worked out once a minute, not once a store and request."""
    return earliest(_hours(week, exceptions), lead_minutes=lead_minutes, zone=ZoneInfo(zone), now=minute)


@lru_cache(maxsize=512)
def _hours(week: str, exceptions: str) -> Hours:
    return Hours(json.loads(week), json.loads(exceptions))


def level_of(available: int) -> str:
    """``out``, ``low`` (three or fewer) or ``in``."""
    if available <= 0:
        return "out"
    return "low" if available <= LOW else "in"


def places(*, products: Collection[int], near: Point | None = None) -> list[Place]:
    """Every public store and every place that has one of ``products``, with its offers: one query.

    Nearest first where ``near`` is given and places have a position, else by name.
    """
    return _read(products=list(products), near=near)


def places_with(*, sku: str | None = None, gtin: str | None = None, near: Point | None = None) -> list[Place]:
    """The same for the one product that ``sku`` or ``gtin`` (14 digits) names: one query, two when both are given.

    Raises UnknownProduct, and DifferentProducts when both are known and disagree.
    """
    by_sku = _read(sku=sku, near=near) if sku else []
    by_gtin = _read(gtin=gtin, near=near) if gtin else []
    known, meant = _products(by_sku), _products(by_gtin)
    if known and meant and known != meant:
        raise DifferentProducts(sku or "", gtin or "")
    if not (known or meant):
        raise UnknownProduct(sku, gtin)
    return by_sku if known else by_gtin


def _products(found: list[Place]) -> set[int]:
    return {product for place in found for product in place.offers}


def availability(
    *,
    sku: str | None = None,
    gtin: str | None = None,
    near: Point | None = None,
    store: str | None = None,
    now: datetime | None = None,
) -> dict[str, Any]:
    """The answer of ``GET /api/v1/availability``, ready for JSON: one query, or two, at any number of stores.

    ``gtin`` in the answer is the product's primary number. ``online`` is what the best single place that sells online
    can send: parcels are not split. ``store`` leaves one store in the list.
    Raises UnknownProduct, DifferentProducts and UnknownStore.
    """
    now = now or timezone.now()
    found = places_with(sku=sku, gtin=gtin, near=near)
    stores = [place for place in found if place.is_store and store in (None, place.code)]
    if store is not None and not stores:
        raise UnknownStore(store)
    offers = [offer for place in found for offer in place.offers.values()]
    return {
        "sku": sku if any(offer.sku == sku for offer in offers) else offers[0].sku,
        "gtin": offers[0].gtin,
        "online": {"available": max((place.available() for place in found if place.sells_online), default=0)},
        "stores": [_answer(place, now) for place in stores],
    }


def _answer(place: Place, now: datetime) -> dict[str, Any]:
    available = place.available()
    ready = place.collect_from(now) if available else None
    return {
        "store": place.code,
        "name": place.name,
        "distance_km": place.distance_km,
        "available": available,
        "level": level_of(available),
        "collect_from": ready and ready.isoformat(),
    }


_PLACES: Final = """
    SELECT * FROM lintas_places(%(products)s::bigint[], %(sku)s, %(gtin)s, %(latitude)s, %(longitude)s, %(zone)s)
"""


def _read(
    *, near: Point | None, products: list[int] | None = None, sku: str | None = None, gtin: str | None = None
) -> list[Place]:
    latitude, longitude = near or (None, None)
    facts = {"products": products, "sku": sku, "gtin": gtin, "latitude": latitude, "longitude": longitude}
    return list(_gathered(read_rows(_PLACES, {**facts, "zone": settings.TIME_ZONE})))


def read_rows(sql: str, given: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """The rows of one read. It is its own proof that the connection is alive: a dead one is opened again, once.

    That saves the question Django's health check would put to the database before each request.
    """
    connection.health_check_done = True  # type: ignore[attr-defined]  # unknown to the stubs
    try:
        return _fetched(sql, given)
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block:
            raise
        connection.close()
        return _fetched(sql, given)


def _fetched(sql: str, given: Mapping[str, Any] | None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _gathered(rows: list[tuple[Any, ...]]) -> Iterator[Place]:
    """One Place for each run of rows with the same code; of two records of one product the better counts."""
    place: Place | None = None
    for code, name, city, is_store, online, distance, zone, lead, week, exceptions, product, *offer in rows:
        if place is None or place.code != code:
            if place is not None:
                yield place
            km = None if distance is None else round(distance, 1)
            place = Place(code, name, city, is_store, online, km, zone, lead, week, exceptions)
        if product is not None:
            sku, gtin, available, price, currency = offer
            known = place.offers.get(product)
            if known is None or available > known.available:
                place.offers[product] = Offer(sku, gtin, available, price, currency)
    if place is not None:
        yield place
