"""Where a typed place is: what the stores' own addresses say, then the table of towns."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from django.db.models.functions import Length

from instore.stores.distance import distance_km
from instore.stores.known import KnownStore, known_stores
from instore.stores.queries import Point
from instore.stores.towns import SHORTEST, Town, TownName, plain

LONGEST: Final = 100  # letters of what is typed; the rest is not looked at
MOST_PARTS: Final = 4
AREA: Final = 3  # digits that postcodes of one area have in common
SAME_TOWN_KM: Final = 60.0
ALIKE: Final = 0.8
SHORTLIST: Final = 3000
SLACK: Final = 2  # letters more or fewer


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place with its name, as we write it, and its middle."""

    name: str
    point: Point


def find_place(text: str) -> KnownPlace | None:
    """The place that ``text`` means, typing errors forgiven; None for one that nobody knows. At most four queries."""
    parts = [plain(part) for part in text[:LONGEST].split(",")][:MOST_PARTS]
    wanted = [part for part in (" ".join(parts), *parts) if len(part) >= SHORTEST]
    if not wanted:
        return None
    stores = [store for store in known_stores().values() if store.point is not None]
    for part in wanted:
        if found := _at_stores(part, stores):
            return found
    return _town(wanted) or _alike(wanted[0], stores)


def _at_stores(wanted: str, stores: Sequence[KnownStore]) -> KnownPlace | None:
    """By a store's name, district or postcode, by its city, or by the area of its postcode."""
    for store in stores:
        if wanted in (plain(store.name), plain(store.district), plain(store.postcode)):
            return _middle(store.district if wanted == plain(store.district) else store.name, [store])
    in_city = [store for store in stores if plain(store.city) == wanted]
    if in_city:
        return _city(wanted, in_city)
    if wanted.isdecimal():
        nearby = [store for store in stores if store.postcode.startswith(wanted[:AREA])]
        return _middle(nearby[0].city or nearby[0].name, nearby) if nearby else None
    return None


def _city(wanted: str, stores: Sequence[KnownStore]) -> KnownPlace:
    """The middle of the town of that name where the stores are, else the middle of the stores."""
    middle = _middle(stores[0].city, stores)
    towns = Town.objects.filter(names__name=wanted).order_by("-population")
    for town in towns[:MOST_PARTS]:
        point = Point(town.latitude, town.longitude)
        if distance_km(point, middle.point) < SAME_TOWN_KM:
            return KnownPlace(stores[0].city, point)
    return middle


def _middle(name: str, stores: Sequence[KnownStore]) -> KnownPlace:
    points = [store.point for store in stores if store.point is not None]
    latitude = sum(point.latitude for point in points) / len(points)
    return KnownPlace(name, Point(latitude, sum(point.longitude for point in points) / len(points)))


def _town(wanted: Sequence[str]) -> KnownPlace | None:
    """The largest town with one of the names, those first wanted first; else the largest whose name begins so."""
    names = TownName.objects.select_related("town").order_by("-town__population")
    exact = list(names.filter(name__in=wanted)[: MOST_PARTS * MOST_PARTS])
    if exact:
        return _placed(min(exact, key=lambda name: wanted.index(name.name)).town)
    begins = names.filter(name__startswith=wanted[0]).first()
    return _placed(begins.town) if begins else None


def _alike(wanted: str, stores: Sequence[KnownStore]) -> KnownPlace | None:
    """What is written almost like it, beginning with the same letter."""
    own = {plain(word): store for store in stores for word in (store.name, store.district, store.city) if word}
    if near := _closest(wanted, own):
        return _at_stores(near, stores)
    shortlist = (
        TownName.objects.annotate(letters=Length("name"))
        .filter(name__startswith=wanted[0], letters__gte=len(wanted) - SLACK, letters__lte=len(wanted) + SLACK)
        .order_by("-town__population")
        .values_list("name", flat=True)[:SHORTLIST]
    )
    near = _closest(wanted, list(dict.fromkeys(shortlist)))
    return _town([near]) if near else None


def _closest(wanted: str, names: Collection[str]) -> str:
    return next(iter(get_close_matches(wanted, names, n=1, cutoff=ALIKE)), "")


def _placed(town: Town) -> KnownPlace:
    return KnownPlace(town.name, Point(town.latitude, town.longitude))
