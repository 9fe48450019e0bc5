"""Lists as pages show them, one among others."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count
from oscar.core.loading import get_model

from shop.storefront.account.thumbs import first_image
from shop.storefront.memory import Edition
from shop.storefront.pictures import Picture, picture

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
