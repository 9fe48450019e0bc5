"""Where somebody asks from: a place they typed, or their position, given by a tap."""

import re
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from instore.stores.queries import Point
from instore.stores.whereabouts import LONGEST, find_place

POSITION: Final = re.compile(r"(-?\d{1,3}(?:\.\d{1,20})?),(-?\d{1,3}(?:\.\d{1,20})?)", re.ASCII)
DECIMALS: Final = 2  # a kilometre: more of a position is not asked for, and not kept


@dataclass(frozen=True, slots=True)
class Asked:
    """``text`` is what was typed, ``name`` the place it means; a position has neither. Unknown, it has no ``point``."""

    text: str = ""
    name: str = ""
    point: Point | None = None
    is_position: bool = False

    @property
    def is_unknown(self) -> bool:
        return self.point is None and (bool(self.text) or self.is_position)

    @property
    def keys(self) -> dict[str, str]:
        """How it is written in an address."""
        if self.is_position:
            return {"near": f"{self.point.latitude},{self.point.longitude}"} if self.point else {}
        return {"place": self.text} if self.text else {}


def asked_from(request: HttpRequest) -> Asked:
    """What the address says: ``near`` (latitude and longitude in degrees), else ``place``."""
    near = request.GET.get("near", "")
    if near:
        return Asked(point=_position(near), is_position=True)
    text = " ".join(request.GET.get("place", "").replace("\x00", "").split())[:LONGEST]
    place = find_place(text) if text else None
    if place is None:
        return Asked(text=text)
    return Asked(text=text, name=place.name, point=place.point)


def _position(near: str) -> Point | None:
    found = POSITION.fullmatch(near)
    if found is None:
        return None
    latitude, longitude = (round(float(degrees), DECIMALS) for degrees in found.groups())
    on_earth = abs(latitude) <= 90 and abs(longitude) <= 180  # noqa: PLR2004 - degrees
    return Point(latitude, longitude) if on_earth else None
