"""The seed, step by step: each sees for itself whether it was done, and is done as a whole or taken up again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection

from shop.seed import (
    asked,
    deliveries,
    devices,
    drafts,
    faces,
    gallery,
    goes_with,
    goods,
    heard,
    lists,
    orders,
    people,
    pickups,
    places,
    receipts,
    reviews,
    shelves,
    staff,
    towns,
)
from shop.seed.day import Day
from shop.seed.styles import Style
from shop.seed.week import story
from shop.seed.writing import put

TURN = 0x5EED  # two seeds at once take turns


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: the day, how much of it, whether people may sign in, and whether goods have pictures."""

    day: Day
    small: bool = False
    accounts: bool = False
    pictures: bool = True

    @property
    def styles(self) -> tuple[Style, ...]:
        return goods.styles_of(small=self.small)


@dataclass(frozen=True, slots=True)
class Step:
    """One part of the seed."""

    name: str
    is_done: Callable[[Wish], bool]
    do: Callable[[Wish], object]


STEPS = (
    Step("places", lambda _: places.are_open(), lambda _: places.open_places()),
    Step("towns", lambda w: w.small or towns.are_known(), lambda _: towns.learn()),
    Step("goods", lambda w: goods.are_there(w.styles), lambda w: goods.put_on_shelves(w.styles)),
    Step("shelves", lambda w: shelves.are_named(w.styles), lambda w: shelves.name_all(w.styles)),
    Step("goes with", lambda w: goes_with.are_said(w.styles), lambda w: goes_with.say(w.styles)),
    Step(
        "stock",
        lambda w: deliveries.are_filled(w.styles, places.COUNT),
        lambda w: deliveries.fill(places=places.open_places(), styles=w.styles, day=w.day),
    ),
    Step(
        "faces",
        lambda w: w.small or not w.pictures or faces.are_shown(),
        lambda _: faces.show(),
    ),
    Step("pages", lambda _: put.are_written(), lambda w: put.write(w.day)),
    Step("people", lambda _: people.are_known(), lambda w: people.introduce(w.day)),
    Step("reviews", lambda w: reviews.are_written(w.styles), lambda w: reviews.write(w.styles, w.day)),
    Step("orders", lambda _: orders.are_placed(), lambda w: orders.place(w.day, small=w.small)),
    Step("lists", lambda _: lists.are_kept(), lambda w: lists.keep(w.styles, w.day)),
    Step("week", lambda w: w.small or story.is_told(w.day), lambda w: story.tell_all(w.day)),
    Step("pickups", lambda w: w.small or pickups.are_placed(), lambda w: pickups.place(w.day)),
    Step("receipts", lambda w: w.small or receipts.are_home(), lambda w: receipts.bring_home(w.day)),
    Step("accounts", lambda w: not w.accounts or people.can_sign_in(), lambda _: people.open_accounts()),
    Step("devices", lambda w: w.small or not w.accounts or devices.are_known(), lambda w: devices.ask(w.day)),
    Step("asked", lambda w: w.small or asked.are_noted(), lambda _: asked.note()),
    Step("drafts", lambda w: w.small or drafts.are_written(), lambda _: drafts.write()),
    Step("staff", lambda w: not w.accounts or staff.are_hired(), lambda _: staff.hire_all()),
    Step("heard", lambda w: w.small or heard.is_told(), lambda w: heard.tell(w.day)),
)


def seed(wish: Wish) -> Iterator[str]:
    """Do what is not done yet; the name of each step after it was done. Nothing of it is done twice."""
    with _turn(), gallery.drawing(wish.styles if wish.pictures else (), small=wish.small) as hang:
        for step in STEPS:
            if not step.is_done(wish):
                step.do(wish)
                yield step.name
        if wish.pictures and not gallery.are_hung(wish.styles):
            hang()
            yield "pictures"


@contextmanager
def _turn() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [TURN])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [TURN])
