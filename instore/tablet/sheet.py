"""A pickup as the one who picks it reads it: its lines by where they lie in the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Prefetch, QuerySet

from instore.pickup.models import Pickup, PickupLine, PickupStep
from instore.stores.models import Store
from instore.stores.shelves import places_in, walking_order
from omni_sync.catalogue.models import Gtin
from omni_sync.catalogue.sizes import in_order
from omni_sync.catalogue.worded import product_worded, worded
from omni_sync.catalogue.wording import own_words
from omni_sync.columns import could_be
from omni_sync.oscar.models import Category, Product

LONGEST_NUMBER: Final = 128


@dataclass(frozen=True, slots=True)
class Item:
    """A line, with what one looks for on the shelf. ``gtin`` and ``place`` are empty where there is none."""

    line: PickupLine
    title: str
    size: str
    colour: str
    sku: str
    gtin: str
    place: str = ""

    @property
    def less(self) -> int:
        """How many are in the bag after one is taken out."""
        return max(self.line.picked - 1, 0)

    @property
    def further(self) -> int:
        """How many are in the bag after one is put in."""
        return min(self.line.picked + 1, self.line.quantity)

    @property
    def is_begun(self) -> bool:
        """Some are in the bag, and of the others nobody has said anything."""
        return self.line.picked > 0 and not self.line.is_settled


@dataclass(frozen=True, slots=True)
class Shelf:
    """What lies together: ``name`` is a category's, empty for what has none."""

    name: str
    items: list[Item]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A pickup and what is in it."""

    pickup: Pickup
    shelves: list[Shelf]

    @property
    def items(self) -> list[Item]:
        """Every line, in the order of the shelves."""
        return [item for shelf in self.shelves for item in shelf.items]

    @property
    def left(self) -> int:
        """Of how many lines nobody has said what goes into the bag."""
        return sum(not item.line.is_settled for item in self.items)

    @property
    def in_the_bag(self) -> int:
        """How many pieces are picked."""
        return sum(item.line.picked for item in self.items)


def pickup_here(*, store: Store, number: str) -> Pickup | None:
    """The pickup of this order, if it is at this store; None for any other."""
    rows = Pickup.objects.select_related("order", "store__partner")
    return rows.filter(store=store, order__number=number).first() if could_be(number, LONGEST_NUMBER) else None


def sheet_of(pickup: Pickup) -> Sheet:
    """The lines of the pickup, shelf by shelf: six queries, however many they are."""
    shelves: dict[str, list[Item]] = {}
    lines = list(_lines(pickup))
    places = places_in(pickup.store_id, [line.order_line.product for line in lines if line.order_line.product])
    for line in lines:
        place = places.get(line.order_line.product_id, "")
        shelves.setdefault(_shelf(line.order_line.product), []).append(_item(line, place))
    found = [Shelf(name, sorted(items, key=_place)) for name, items in shelves.items()]
    return Sheet(pickup, sorted(found, key=lambda shelf: (not shelf.name, shelf.name.casefold())))


def last_step(pickup: Pickup) -> PickupStep | None:
    """Who did the last thing with it."""
    return pickup.steps.order_by("-pk").first()


def _lines(pickup: Pickup) -> QuerySet[PickupLine]:
    categories = Prefetch("categories", Category.objects.order_by("path"))
    gtins = Prefetch("gtins", Gtin.objects.order_by("-is_primary", "value"))
    family = Prefetch("parent", Product.objects.prefetch_related(categories))
    products = Product.objects.select_related("entry").prefetch_related(categories, gtins, family)
    rows = pickup.lines.select_related("order_line").order_by("pk")
    return rows.prefetch_related(Prefetch("order_line__product", products))


def _shelf(product: Product | None) -> str:
    """The first of the categories of the product or of the style it is a size of."""
    for owner in (product, product.parent if product else None):
        if owner is not None and (categories := list(owner.categories.all())):
            return own_words(str(categories[0].name))
    return ""


def _item(line: PickupLine, place: str) -> Item:
    product = line.order_line.product
    words = product_worded(product) if product else worded(str(line.order_line.title))
    gtins = list(product.gtins.all()) if product else []
    return Item(
        line=line,
        title=words.title,
        size=words.size,
        colour=words.colour,
        sku=str(line.order_line.partner_sku or ""),
        gtin=gtins[0].value if gtins else "",
        place=place,
    )


def _place(item: Item) -> tuple[Any, ...]:
    """Along the shelves, then alike things together."""
    return walking_order(item.place), item.title.casefold(), item.colour.casefold(), in_order(item.size), item.line.pk
