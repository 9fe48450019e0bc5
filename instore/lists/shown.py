"""The things of a list as pages show them: what, how large, where, and who said what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone

from instore.lists.where import NOWHERE, Where, where_to_find
from instore.stores.known import KnownStore
from omni_sync.catalogue.dimensions import Dimension, dimensions_of
from omni_sync.catalogue.worded import product_worded
from omni_sync.catalogue.wording import own_title
from omni_sync.lists.models import AnonymousLine, ListNote
from omni_sync.oscar.models import ProductImage, WishLine, WishList

ALONG: Final = ("product__parent", "product__entry")


@dataclass(frozen=True, slots=True)
class Said:
    """A note: by whom, where and when, by that store's clock; ``who`` is empty for the owner's own words."""

    words: str
    who: str = ""
    store: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """One line of a list.

    ``url`` is empty for what the shop shows no more, ``product`` None for what it has forgotten; what has sizes is not
    ``buyable``.
    """

    pk: int
    product: int | None
    title: str
    facts: tuple[str, ...]
    dimensions: tuple[Dimension, ...]
    quantity: int
    image: str
    url: str
    buyable: bool
    where: Where
    said: Said | None


def member_lines(wishlist: WishList) -> QuerySet[WishLine]:
    """The lines of a member's list with their notes, in order."""
    rows: QuerySet[WishLine] = WishLine.objects.filter(wishlist=wishlist)
    return rows.select_related(*ALONG, "list_note__store__location").order_by("pk")


def nobodys_lines(list_id: int) -> QuerySet[AnonymousLine]:
    """The same of a list of nobody."""
    return AnonymousLine.objects.filter(anonymous_list=list_id).select_related(*ALONG).order_by("pk")


def things(
    lines: Iterable[WishLine | AnonymousLine], *, mine: KnownStore | None, stands_there: bool = False
) -> list[Thing]:
    """What is on a list: four queries beside that for the lines, however many they are.

    ``stands_there``: whoever reads it is in the store ``mine``, so that its prices are theirs.
    """
    rows: list[Any] = list(lines)
    products = {row.product_id: row.product for row in rows if row.product}
    parents = {pk: product.parent_id for pk, product in products.items()}
    styles = {pk: product.is_parent for pk, product in products.items()}
    where = where_to_find(styles, mine=mine, stands_there=stands_there)
    sizes = dimensions_of(parents) if parents else {}
    images = _images({parent or pk for pk, parent in parents.items()}) if parents else {}
    return [
        _thing(row, where.get(row.product_id, NOWHERE), sizes.get(row.product_id, ()), images)
        if row.product
        else _forgotten(row)
        for row in rows
    ]


def _thing(row: Any, where: Where, dimensions: tuple[Dimension, ...], images: Mapping[int, str]) -> Thing:
    product, words = row.product, product_worded(row.product)
    is_shown = product.is_public and (product.parent is None or product.parent.is_public)
    return Thing(
        pk=row.pk,
        product=product.pk,
        title=words.title,
        facts=words.facts,
        dimensions=dimensions,
        quantity=row.quantity,
        image=images.get(product.parent_id or product.pk, ""),
        url=product.get_absolute_url() if is_shown else "",
        buyable=is_shown and not product.is_parent,
        where=where,
        said=said_of(row),
    )


def _forgotten(row: Any) -> Thing:
    return Thing(row.pk, None, own_title(row.title), (), (), row.quantity, "", "", False, NOWHERE, said_of(row))


def said_of(line: Any) -> Said | None:
    """The note of a line, where there is one; asks nothing where it was read along with its store."""
    if isinstance(line, AnonymousLine):
        return Said(line.note) if line.note else None
    note: ListNote | None = getattr(line, "list_note", None)
    if note is None:
        return None
    location = getattr(note.store, "location", None)
    zone = ZoneInfo(location.timezone) if location else None
    at = timezone.localtime(note.added_at, zone)
    return Said(note.note, note.adviser_name, str(note.store) if note.store else "", at)


def _images(styles: set[int]) -> dict[int, str]:
    """Where the first picture of each is stored."""
    rows = ProductImage.objects.filter(product__in=styles).order_by("product", "display_order", "pk")
    found: dict[int, str] = {}
    for product, image in rows.values_list("product", "original"):
        found.setdefault(product, image)
    return found
