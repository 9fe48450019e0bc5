"""The shop picker in the header: a few shops to choose from, and ways to the others."""

import secrets
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from instore.stores.chosen import chosen
from instore.stores.distance import distance_km
from instore.stores.known import KnownStore, stores_for
from shop.storefront.parts import part, this_minute, with_token

MOST: Final = 6
#: As ``TOKEN_PLACE``: the part is the same on every page, the way back is not. In a form, and in an address.
NEXT_PLACE: Final = f"next-{secrets.token_hex(16)}"
NEXT_ADDRESS: Final = f"next-{secrets.token_hex(16)}"


@dataclass(frozen=True, slots=True)
class Choice:
    """One shop to choose; compared by what it says, so that the same choices are rendered once."""

    code: str
    name: str
    city: str
    distance_km: float | None


def picker(request: HttpRequest) -> SafeString:
    """The chosen shop and how to change it, for ``request``'s page: no query while the stores are remembered."""
    mine = chosen(request)
    stores = list(stores_for(request).values())
    html = part(
        "shop/parts/my_store.html",
        mine=mine,
        choices=_choices(stores, mine),
        others=max(len(stores) - MOST, 0),
        next_place=NEXT_PLACE,
        next_address=NEXT_ADDRESS,
        minute=this_minute() if mine else 0,
    )
    here = request.get_full_path() if request.method in ("GET", "HEAD") else request.path
    filled = with_token(html, request).replace(NEXT_PLACE, conditional_escape(here))
    return SafeString(filled.replace(NEXT_ADDRESS, quote(here, safe="/")))


def _choices(stores: list[KnownStore], mine: KnownStore | None) -> tuple[Choice, ...]:
    """The chosen one's neighbours, nearest first; without one the first by city."""
    here = mine.point if mine else None
    choices = [
        Choice(
            store.code,
            store.name,
            store.city,
            None if here is None or store.point is None else round(distance_km(here, store.point), 1),
        )
        for store in stores
    ]
    if here:
        far = float("inf")
        choices.sort(key=lambda choice: far if choice.distance_km is None else choice.distance_km)
    return tuple(choices[:MOST])
