"""A person as whoever serves them may see them: what they did not allow is not even read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from instore.customers.bought import Purchases, purchases_of
from instore.customers.goods import here
from instore.customers.models import LookUp
from instore.customers.wearing import Wears
from instore.customers.words import allowed_words
from instore.stores.models import Store
from omni_sync.catalogue.worded import worded
from omni_sync.customer_code.parts import Part, hidden_in, stated
from omni_sync.messages.journeys.explain import Explained
from omni_sync.messages.journeys.heard import heard_by
from omni_sync.oscar.models import Basket, WishLine
from omni_sync.oscar.theirs import open_baskets_of
from omni_sync.people.models import Consent
from omni_sync.people.wordings import MARKETING

MOST: Final = 50
GRANTED: Final = Consent.State.GRANTED
HEARD: Final = 5
#: What a message may speak of: who hides one of these hides what was written to them.
SPOKEN_OF: Final = frozenset({Part.LIST, Part.BASKET, Part.PURCHASES})


@dataclass(frozen=True, slots=True)
class Thing:
    """Something on their list or in their basket; ``here`` is how many this store has of it.

    ``note`` and what follows say who put it on the list, for what reason; empty for a wish of their own.
    """

    product_id: int
    title: str
    facts: tuple[str, ...]
    quantity: int
    here: int
    note: str = ""
    adviser: str = ""
    store: str = ""


@dataclass(frozen=True, slots=True)
class Customer:
    """None stands for what they let nobody see, or can't have without an account."""

    name: str
    has_account: bool
    hidden: frozenset[Part]
    wishes: tuple[Thing, ...] | None
    basket: tuple[Thing, ...] | None
    basket_id: int | None
    sizes: tuple[Wears, ...] | None
    purchases: Purchases | None
    allowed: tuple[tuple[str, bool], ...]
    heard: tuple[Explained, ...] | None
    may_write: bool

    @property
    def may_add(self) -> bool:
        """Whether something may be put into their basket here."""
        return Part.BASKET not in self.hidden


def customer_of(look_up: LookUp, *, store: Store, sizes: Callable[[], tuple[Wears, ...]], page: int = 1) -> Customer:
    """Eight queries at most, however much they have, and those of ``sizes``."""
    person = look_up.person
    assert person is not None
    statements = stated(person)
    hidden, user = hidden_in(statements), person.user
    basket_id, basket = _basket(look_up, store) if Part.BASKET not in hidden else (None, None)
    return Customer(
        name=person.name or (user.get_full_name() if user else ""),
        has_account=user is not None,
        hidden=hidden,
        wishes=_wishes(user.pk, store) if user and Part.LIST not in hidden else None,
        basket=basket,
        basket_id=basket_id,
        sizes=sizes() if Part.SIZES not in hidden else None,
        purchases=purchases_of(person, page=page) if Part.PURCHASES not in hidden else None,
        allowed=allowed_words(statements),
        heard=tuple(heard_by(person, most=HEARD, to_the_person=False)) if not hidden & SPOKEN_OF else None,
        may_write=any(purpose == MARKETING and said == GRANTED for (_, purpose), said in statements.items()),
    )


#: What a row of a list and of a basket is read by: as values, for each of these models has dozens of columns.
_GOODS: Final = (
    "product",
    "product__title",
    "product__parent__title",
    "product__entry__colour",
    "product__entry__size",
)
_NOTE: Final = ("list_note__note", "list_note__adviser_name", "list_note__store__name")


def _wishes(user_id: int, store: Store) -> tuple[Thing, ...]:
    rows = WishLine.objects.filter(wishlist__owner=user_id, product__isnull=False).annotate(here=here(store))
    newest = rows.order_by("-wishlist__date_created", "-pk")[:MOST]
    return tuple(_thing(*row) for row in newest.values_list(*_GOODS, "quantity", "here", *_NOTE))


def _basket(look_up: LookUp, store: Store) -> tuple[int | None, tuple[Thing, ...]]:
    """Which basket is shown, also an empty one, and what is in it: one query, from the basket to its lines."""
    user = look_up.person.user_id if look_up.person else None
    shown = look_up.basket_id if user is None else open_baskets_of(user).values("pk")[:1]
    rows = Basket.objects.filter(pk=shown).annotate(here=here(store, "lines__product")).order_by("lines__pk")[:MOST]
    goods = (f"lines__{name}" for name in (*_GOODS, "quantity"))
    read = list(rows.values_list("pk", "lines__pk", *goods, "here"))
    things = tuple(_thing(*thing) for _, line, *thing in read if line is not None)
    return (read[0][0] if read else None), things


def _thing(
    product: int, own: str, style: str | None, colour: str | None, size: str | None, quantity: int, here: int,
    *note: str | None,
) -> Thing:  # fmt: skip
    words = worded(own or style or "", style=style, colour=colour, size=size)
    return Thing(product, words.title, words.facts, quantity, here, *(said or "" for said in note))
