"""Lists, and what is on them, as pages show them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count
from oscar.core.loading import get_model

from shop.storefront.account.thumbs import ALONG, first_image, is_shown
from shop.storefront.addresses import product_url
from shop.storefront.memory import Edition
from shop.storefront.pictures import Picture, picture
from shop.storefront.shelf import Facts, facts_of
from shop.storefront.words import own_words

if TYPE_CHECKING:
    from django.db.models import QuerySet

PICTURES: Final = 4


@dataclass(frozen=True, slots=True)
class ListCard:
    """One list among others."""

    key: str
    name: str
    visibility: str
    pieces: int
    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing on a list; ``url`` is empty for what is in the shop no more, ``buyable`` for one that has no sizes."""

    pk: int
    product: int | None
    title: str
    quantity: int
    url: str
    buyable: bool
    picture: Picture | None
    facts: Facts


def lists_of(user: Any) -> "QuerySet[Any]":
    """The lists of ``user``, the newest first, each with its ``pieces``."""
    found: QuerySet[Any] = get_model("wishlists", "WishList").objects.filter(owner=user)
    counted: QuerySet[Any] = found.annotate(pieces=Count("lines")).order_by("-date_created", "-pk")
    return counted


def list_cards(lists: Sequence[Any], *, edition: Edition) -> list[ListCard]:
    """A card for each: one query more."""
    seen: dict[int, list[str]] = defaultdict(list)
    lines = get_model("wishlists", "Line").objects.filter(wishlist__in=[one.pk for one in lists]).order_by("pk")
    for wishlist, image in lines.annotate(image=first_image()).values_list("wishlist", "image"):
        if image and image not in seen[wishlist]:
            seen[wishlist].append(image)
    return [
        ListCard(
            key=one.key,
            name=one.name,
            visibility=one.visibility,
            pieces=one.pieces,
            pictures=tuple(p for name in seen[one.pk][:PICTURES] if (p := picture(name, edition)) is not None),
        )
        for one in lists
    ]


def wishes(lines: "QuerySet[Any]", *, edition: Edition) -> list[Wish]:
    """What is on a list, in its order: two queries."""
    rows = list(lines.select_related(*ALONG).order_by("pk").annotate(image=first_image()))
    styles = {row.product.parent_id or row.product_id for row in rows if row.product}
    facts = facts_of(sorted(styles))
    return [_wish(row, facts, edition) for row in rows]


def _wish(row: Any, facts: dict[int, Facts], edition: Edition) -> Wish:
    product = row.product
    shown = is_shown(product)
    return Wish(
        pk=row.pk,
        product=row.product_id,
        title=own_words(_title(product) if product else row.title),
        quantity=row.quantity,
        url=product_url(product.slug, product.pk) if shown else "",
        buyable=shown and not product.is_parent,
        picture=picture(row.image or "", edition),
        facts=facts.get((product.parent_id or product.pk) if product else 0, Facts()),
    )


def _title(product: Any) -> str:
    title: str = product.title or (product.parent.title if product.parent else "")
    return title
