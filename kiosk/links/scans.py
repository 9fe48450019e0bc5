"""Scans, as they are counted: of which goods, in which store, on which shelf."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import Final

from django.conf import settings
from django.contrib.auth import get_user
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from instore.stores.shelves import ShelfPlace
from kiosk.links.models import Scan
from omni_sync.columns import could_be
from omni_sync.people.models import Person, Touchpoint
from omni_sync.people.standing import may
from omni_sync.people.timeline import Touch, touch
from omni_sync.people.wordings import ON_THE_WEB, PERSONALISATION

LONGEST_SESSION: Final = 4096  # characters of a cookie
KEPT: Final = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Seen:
    """A scan before it is written; ``session`` is asked only for who agreed that we remember what they look at."""

    at: datetime
    channel: str
    product_id: int | None = None
    style_id: int | None = None
    store_id: int | None = None
    place: str = ""
    session: str = ""


def write(seen: Sequence[Seen]) -> None:
    """Write these scans, those of goods with the shelf where they stand; and who scanned, for those who agreed."""
    shelves = _shelves(seen)
    with transaction.atomic():
        rows = Scan.objects.bulk_create(
            Scan(
                at=one.at,
                channel=one.channel,
                product_id=one.product_id,
                store_id=one.store_id,
                place=one.place or _shelf_of(one, shelves),
            )
            for one in seen
        )
        touch(_touches(zip(seen, rows, strict=True)))


def forget_old() -> int:
    """Delete scans of more than half a year ago; how many."""
    return Scan.objects.before(timezone.now() - KEPT).delete()[0]


def _shelves(seen: Sequence[Seen]) -> dict[tuple[int, int], str]:
    goods = {pk for one in seen if one.store_id for pk in (one.product_id, one.style_id) if pk}
    if not goods:
        return {}
    rows = ShelfPlace.objects.filter(store__in={one.store_id for one in seen if one.store_id}, product__in=goods)
    return {(row.store_id, row.product_id): row.place for row in rows}


def _shelf_of(one: Seen, shelves: dict[tuple[int, int], str]) -> str:
    """A size without a place of its own stands where its style stands."""
    stands = [shelves.get((one.store_id or 0, pk or 0), "") for pk in (one.product_id, one.style_id)]
    return stands[0] or stands[1]


def _touches(scans: Iterable[tuple[Seen, Scan]]) -> Iterator[Touch]:
    for one, row in scans:
        person = _who_agreed(one.session) if one.session else None
        if person:
            yield Touch(
                person_id=person,
                channel=Touchpoint.Channel.STORE if one.store_id else Touchpoint.Channel.WEB,
                kind=Touchpoint.Kind.SCAN,
                at=one.at,
                key=f"scan:{row.pk}",
                store_id=one.store_id,
                data={"product": one.product_id} if one.product_id else {},
            )


def _who_agreed(session: str) -> int | None:
    """The person who is signed in there and lets us remember; None for all others."""
    if not could_be(session, LONGEST_SESSION):
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session)
    user = get_user(request)
    person = Person.objects.filter(user=user.pk).first() if user.is_authenticated else None
    if person and may(person_id=person.pk, channel=ON_THE_WEB, purpose=PERSONALISATION):
        return int(person.pk)
    return None
