"""What a line of a basket or an order says of its product."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from oscar.core.loading import get_model

from shop.storefront.addresses import product_url
from shop.storefront.memory import Edition
from shop.storefront.pictures import Picture, picture
from shop.storefront.words import own_words

COLUMNS: Final = ("pk", "slug", "title", "style", "size", "own_colour", "style_colour", "image", "is_counted")


@dataclass(frozen=True, slots=True)
class Goods:
    """A product as a line shows it: the style's name and picture, its own size and colour.

    One that is not ``is_counted`` is there in any number wherever it is sold.
    """

    pk: int
    title: str
    size: str
    colour: str
    url: str
    picture: Picture | None
    is_counted: bool

    @property
    def name(self) -> str:
        """The title with the size, for where a line is only named."""
        return gettext("%(title)s, %(size)s") % {"title": self.title, "size": self.size} if self.size else self.title


def goods_of(products: Collection[int], edition: Edition) -> dict[int, Goods]:
    """By product id: one query however many, none for none."""
    if not products:
        return {}
    images = get_model("catalogue", "ProductImage").objects.filter(
        Q(product=OuterRef("pk")) | Q(product=OuterRef("parent_id"))
    )
    first = images.order_by(F("product_id").desc(), "display_order", "pk").values("original")[:1]
    rows = (
        get_model("catalogue", "Product")
        .objects.filter(pk__in=products)
        .annotate(
            style=F("parent__title"),
            size=F("entry__size"),
            own_colour=F("entry__colour"),
            style_colour=F("parent__entry__colour"),
            image=Subquery(first),
            is_counted=Coalesce("product_class__track_stock", "parent__product_class__track_stock"),
        )
    )
    return {row["pk"]: _goods(row, edition) for row in rows.values(*COLUMNS)}


def _goods(row: dict[str, Any], edition: Edition) -> Goods:
    pk = int(row["pk"])
    return Goods(
        pk=pk,
        title=own_words(row["style"] or row["title"]),
        size=row["size"] or "",
        colour=own_words(row["own_colour"] or row["style_colour"] or ""),
        url=product_url(row["slug"], pk),
        picture=picture(row["image"] or "", edition),
        is_counted=row["is_counted"],
    )
