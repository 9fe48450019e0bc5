"""The stores as pages show them: in a list, and each on a page of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from instore.stores.chosen import chosen
from instore.stores.distance import distance_km
from instore.stores.known import KnownStore, stores_for
from instore.stores.maps import map_url
from instore.stores.opening import Day, coming_week
from instore.stores.queries import Point
from shop.content.blocks.show import blocks_of
from shop.content.models import StoreFront
from shop.content.versions import best_version, versions_of
from shop.storefront.memory import Edition, Memory
from shop.storefront.pictures import Picture
from shop.storefront.shelf import Card, newest_at
from shop.storefront.wide import wide_picture

PER_PAGE: Final = 48
NEW_HERE: Final = 8


@dataclass(frozen=True, slots=True)
class StoreLine:
    """One store in a list.

    ``distance_km`` is that from where was asked for, else from the chosen store; None for itself and without either.
    """

    store: KnownStore
    is_mine: bool
    distance_km: float | None
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class StorePage:
    """A store's page; its week begins today."""

    store: KnownStore
    is_mine: bool
    is_open: bool
    picture: Picture | None
    words: str
    blocks: list[Any]
    week: list[Day]
    map_url: str
    cards: list[Card]


@dataclass(frozen=True, slots=True)
class StoreFace:
    """What an editor gave a store."""

    picture: Picture | None = None
    words: str = ""
    body: tuple[tuple[str, str], ...] = ()  # as it is kept, by language


NO_FACE: Final = StoreFace()


def store_lines(request: HttpRequest, edition: Edition, here: Point | None = None) -> list[StoreLine]:
    """Every public store, nearest to ``here`` first.

    Without ``here``: the chosen one first and the others by their distance from it; by city without one.
    """
    mine = chosen(request)
    faces = _faces.get((), edition)
    lines = [
        StoreLine(
            store=store,
            is_mine=mine is not None and store.code == mine.code,
            distance_km=_from(here, store) if here else _between(mine, store),
            picture=faces.get(store.code, NO_FACE).picture,
        )
        for store in stores_for(request).values()
    ]
    far = float("inf")
    if here:
        return sorted(lines, key=lambda line: far if line.distance_km is None else line.distance_km)
    if mine is None:
        return lines
    return sorted(lines, key=lambda line: (not line.is_mine, far if line.distance_km is None else line.distance_km))


def store_list(request: HttpRequest, edition: Edition, here: Point | None = None) -> Page[StoreLine]:
    """One page of the stores."""
    pages: Paginator[StoreLine] = Paginator(store_lines(request, edition, here), PER_PAGE)
    return pages.get_page(request.GET.get("page"))


def store_page(
    store: KnownStore,
    request: HttpRequest,
    edition: Edition,
    now: datetime | None = None,
    face: StoreFace | None = None,
) -> StorePage:
    """What there is to say of ``store``: two queries beside those for what is remembered, two for rows of products."""
    moment = now or timezone.now()
    mine = chosen(request)
    face = face or _faces.get((), edition).get(store.code, NO_FACE)
    return StorePage(
        store=store,
        is_mine=mine is not None and store.code == mine.code,
        is_open=store.opening(moment).is_open,
        picture=face.picture,
        words=face.words,
        blocks=blocks_of(best_version(face.body, get_language() or ""), request),
        week=coming_week(store.hours, zone=store.zone, now=moment),
        map_url=map_url(store),
        cards=newest_at(store.code, edition=edition, count=NEW_HERE),
    )


def _between(mine: KnownStore | None, store: KnownStore) -> float | None:
    if mine is None or mine.code == store.code or mine.point is None or store.point is None:
        return None
    return _from(mine.point, store)


def _from(here: Point, store: KnownStore) -> float | None:
    return None if store.point is None else round(distance_km(here, store.point), 1)


def face_of(front: StoreFront) -> StoreFace:
    """What ``front`` says, saved or not."""
    picture = wide_picture(front.picture) if front.picture else None
    return StoreFace(picture, front.words, versions_of(front.body))


def _read_faces(_: Sequence[str]) -> dict[str, StoreFace]:
    fronts = StoreFront.objects.select_related("store__partner", "picture").prefetch_related("picture__renditions")
    return {front.store.partner.code: face_of(front) for front in fronts}


_faces: Final[Memory[tuple[()], dict[str, StoreFace]]] = Memory(_read_faces)
