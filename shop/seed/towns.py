"""The towns of the demo shop's country."""

from typing import Final

from instore.stores.geonames import towns_of
from instore.stores.towns import Town, fill_towns

COUNTRY: Final = "ID"


def are_known() -> bool:
    """Whether there is any."""
    return Town.objects.filter(country_code=COUNTRY).exists()


def learn() -> None:
    """Fill the table from the library."""
    fill_towns(countries=[COUNTRY], towns=towns_of([COUNTRY]))
