"""What every place can promise of a product, in one statement however many places there are."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.utils import timezone

from instore.stores.exceptions import DifferentProducts, UnknownProduct, UnknownStore
from instore.stores.hours import Hours
from instore.stores.models import EARTH_KM, Store
from instore.stores.promise import earliest
from omni_sync.catalogue.models import Gtin
from omni_sync.oscar.models import Partner, StockRecord
from omni_sync.stock.models import Level, Location

LOW: Final = 3


class Point(NamedTuple):
    """A position in degrees."""

    latitude: float
    longitude: float


@dataclass(slots=True)
class Offer:
    """One product at one place."""

    sku: str
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
    """Every public store and every place that sells online, with its offers of ``products``: one query.

    Nearest first where ``near`` is given and places have a position, else by name.
    """
    return _read(_sql("sr.product_id = ANY(%(products)s)"), {"products": list(products)}, near)


def places_with(*, sku: str | None = None, gtin: str | None = None, near: Point | None = None) -> list[Place]:
    """The same for the one product that ``sku`` or ``gtin`` (14 digits) names: one query, two when both are given.

    Raises UnknownProduct, and DifferentProducts when both are known and disagree.
    """
    by_sku = _read(_sql("sr.partner_sku = %(sku)s"), {"sku": sku}, near) if sku else []
    known = {product for place in by_sku for product in place.offers}
    if known and not gtin:
        return by_sku
    by_gtin = _read(_sql(f"sr.product_id = ({_GTIN_OWNER})"), {"gtin": gtin}, near) if gtin else []
    meant = {product for place in by_gtin for product in place.offers}
    if known and meant and known != meant:
        raise DifferentProducts(sku or "", gtin or "")
    if not (known or meant):
        raise UnknownProduct(sku, gtin)
    return by_sku if known else by_gtin


def availability(
    *,
    sku: str | None = None,
    gtin: str | None = None,
    near: Point | None = None,
    store: str | None = None,
    now: datetime | None = None,
) -> dict[str, Any]:
    """The answer of ``GET /api/v1/availability``, ready for JSON: at most three queries at any number of stores.

    ``online`` is what the best single place that sells online can send: parcels are not split. ``store`` leaves one
    store in the list. Raises UnknownProduct, DifferentProducts and UnknownStore.
    """
    now = now or timezone.now()
    found = places_with(sku=sku, gtin=gtin, near=near)
    stores = [place for place in found if place.is_store and store in (None, place.code)]
    if store is not None and not stores:
        raise UnknownStore(store)
    product, offer = next(item for place in found for item in place.offers.items())
    return {
        "sku": sku if sku and offer.sku == sku else offer.sku,
        "gtin": gtin or _primary_gtin(product),
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


def _primary_gtin(product: int) -> str | None:
    numbers = Gtin.objects.filter(product_id=product).order_by("-is_primary", "pk").values_list("value", flat=True)
    return numbers.first()


_GTIN_OWNER: Final = f"SELECT product_id FROM {Gtin._meta.db_table} WHERE value = %(gtin)s"


@cache
def _sql(which: str) -> str:
    tables = {model.__name__: model._meta.db_table for model in (Partner, Location, Store, StockRecord, Level)}
    return _PLACES.format(which=which, distance=_DISTANCE, **tables)


_PLACES: Final = """
    SELECT p.code, p.name, coalesce(store.city, ''), coalesce(store.is_open_to_public, false) AS is_store,
           coalesce(loc.sells_online, store.partner_id IS NULL), {distance} AS distance,
           coalesce(loc.timezone, %(timezone)s), store.lead_minutes,
           store.weekly_hours::text, store.exceptions::text,
           sr.product_id, sr.partner_sku, greatest(level.on_hand - level.held - level.safety, 0),
           sr.price, sr.price_currency
      FROM {Partner} p
      LEFT JOIN {Location} loc ON loc.partner_id = p.id
      LEFT JOIN {Store} store ON store.partner_id = p.id
      LEFT JOIN {StockRecord} sr ON sr.partner_id = p.id AND {which}
      LEFT JOIN {Level} level ON level.stockrecord_id = sr.id
     WHERE sr.id IS NOT NULL OR store.is_open_to_public
     ORDER BY distance NULLS LAST, p.name, p.code
"""
_DISTANCE: Final = f"""
    CASE WHEN %(latitude)s::float8 IS NOT NULL AND store.latitude IS NOT NULL THEN {2 * EARTH_KM} * asin(least(1, sqrt(
        power(sin(radians(store.latitude::float8 - %(latitude)s::float8) / 2), 2)
        + cos(radians(%(latitude)s::float8)) * cos(radians(store.latitude::float8))
        * power(sin(radians(store.longitude::float8 - %(longitude)s::float8) / 2), 2)))) END"""


def _read(sql: str, params: Mapping[str, Any], near: Point | None) -> list[Place]:
    latitude, longitude = near or (None, None)
    given = {**params, "latitude": latitude, "longitude": longitude, "timezone": settings.TIME_ZONE}
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(_gathered(cursor.fetchall()))


def _gathered(rows: list[tuple[Any, ...]]) -> Iterator[Place]:
    """One Place for each run of rows with the same code; of two records of one product the better counts."""
    place: Place | None = None
    for code, name, city, is_store, online, distance, zone, lead, week, exceptions, product, *offer in rows:
        if place is None or place.code != code:
            if place is not None:
                yield place
            km = None if distance is None else round(distance, 1)
            place = Place(code, name, city, is_store, online, km, zone, lead or 0, week, exceptions)
        if product is not None:
            sku, available, price, currency = offer
            known = place.offers.get(product)
            if known is None or (available or 0) > known.available:
                place.offers[product] = Offer(sku, available or 0, price, currency)
    if place is not None:
        yield place
