"""A pickup as its shopper reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from cryptography.fernet import InvalidToken
from django.utils import timezone

from instore.pickup.code import code_of
from instore.pickup.models import UNPACKED, Pickup, PickupLine, State
from instore.pickup.owed import Owed, owed
from instore.stores.known import KnownStore, as_known
from instore.stores.maps import map_url
from instore.stores.opening import Day, coming_week
from omni_sync.catalogue.worded import product_worded, worded


@dataclass(frozen=True, slots=True)
class Good:
    """One line: ``facts`` are its colour and size, ``missing`` how many of it were not there."""

    title: str
    facts: tuple[str, ...]
    quantity: int
    missing: int
    line: PickupLine

    @property
    def sought(self) -> int:
        """How many are not in the bag yet."""
        return self.line.quantity - self.line.picked

    @property
    def name(self) -> str:
        """``Kawan tee, Indigo, M``."""
        return ", ".join([self.title, *self.facts])


@dataclass(frozen=True, slots=True)
class PickupPage:
    """All that is said. ``code`` is empty where it is no longer good, or can't be read.

    ``taken_by`` is the friend who came for it.
    """

    pickup: Pickup
    store: KnownStore
    map_url: str
    today: Day
    goods: list[Good]
    owed: Owed
    code: str
    is_late: bool
    taken_by: str

    @property
    def is_unpacked(self) -> bool:
        """The shopper had better wait for our word."""
        return self.pickup.state in UNPACKED

    @property
    def is_ready(self) -> bool:
        """The bag waits at the counter."""
        return self.pickup.state == State.READY

    @property
    def is_short(self) -> bool:
        """Something of it was not there."""
        return any(good.missing for good in self.goods)

    @property
    def asked(self) -> list[Good]:
        """Of what the shopper was asked; nothing once nobody is expected any more."""
        return [good for good in self.goods if good.line.asked_at] if self.pickup.is_open else []


def page_of(pickup: Pickup) -> PickupPage:
    """Five queries for a pickup that is read with its order, partner and location, and one where a friend has been."""
    store, now = as_known(pickup.store), timezone.now()
    return PickupPage(
        pickup=pickup,
        store=store,
        map_url=map_url(store),
        today=coming_week(store.hours, zone=store.zone, now=now)[0],
        goods=goods_of(pickup),
        owed=owed(pickup),
        code=_code(pickup),
        is_late=_is_late(pickup, now),
        taken_by=_taken_by(pickup),
    )


def zone_of(pickup: Pickup) -> ZoneInfo:
    """The clock of its store (R8)."""
    return as_known(pickup.store).zone


def goods_of(pickup: Pickup) -> list[Good]:
    """What was ordered, in its order: one query."""
    rows = pickup.lines.select_related("order_line__product__parent", "order_line__product__entry")
    return [_good(row) for row in rows.order_by("pk")]


def _good(row: PickupLine) -> Good:
    product = row.order_line.product
    words = product_worded(product) if product else worded(str(row.order_line.title))
    missing = row.quantity - row.picked if row.short_reason else 0
    return Good(words.title, words.facts, row.quantity, missing, row)


def _code(pickup: Pickup) -> str:
    if not pickup.is_open:
        return ""
    try:
        return code_of(pickup)
    except InvalidToken:  # sealed with a key that is gone
        return ""


def _taken_by(pickup: Pickup) -> str:
    if pickup.state != State.COLLECTED or not pickup.friend:
        return ""
    given = pickup.steps.filter(after=State.COLLECTED, note=pickup.friend)
    return pickup.friend if given.exists() else ""


def _is_late(pickup: Pickup, now: datetime) -> bool:
    return pickup.state in UNPACKED and pickup.promised_at is not None and pickup.promised_at < now
