"""How far it is, as the crow flies."""

from math import asin, cos, radians, sin, sqrt

from instore.stores.models import EARTH_KM
from instore.stores.queries import Point


def distance_km(here: Point, there: Point) -> float:
    """Kilometres over the surface of the earth (haversine)."""
    north = sin(radians(there.latitude - here.latitude) / 2) ** 2
    east = sin(radians(there.longitude - here.longitude) / 2) ** 2
    root = sqrt(north + cos(radians(here.latitude)) * cos(radians(there.latitude)) * east)
    return 2 * EARTH_KM * asin(min(root, 1.0))
