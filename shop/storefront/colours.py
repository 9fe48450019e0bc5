"""The other colours of a style.

Oscar has no place for it; a style that is made in several colours is one product for each, and its title ends in the
colour: "Kawan tee, black". Those that say the same before their colour are one design.
"""

from dataclasses import dataclass
from typing import Final

from django.db.models import F, OuterRef, Subquery
from django.utils.translation import get_language
from oscar.core.loading import get_model

from shop.storefront.addresses import product_url
from shop.storefront.memory import Edition, Memory
from shop.storefront.pictures import Picture, read_picture
from shop.storefront.words import own_words

MOST: Final = 12


@dataclass(frozen=True, slots=True, eq=False)
class Colour:
    """One colour of a design, in the reader's language, and where it is."""

    style: int
    name: str
    url: str
    picture: Picture | None


def design_of(title: str, colour: str) -> str:
    """What ``title`` says before ``colour``; empty where it does not end in it."""
    ending = f", {colour}"
    return title.removesuffix(ending) if colour and title.endswith(ending) else ""


def colours_of(design: str, edition: Edition) -> tuple[Colour, ...]:
    """Every public colour of ``design`` by name, at most ``MOST``; none for no design, or where there is but one.

    No query while it is remembered, else one.
    """
    return _colours.get((design, get_language() or ""), edition) if design else ()


def _read(key: tuple[str, str]) -> tuple[Colour, ...]:
    design, _ = key
    images = get_model("catalogue", "ProductImage").objects.filter(product=OuterRef("pk"))
    first = images.order_by("display_order", "pk").values("original")[:1]
    named = get_model("catalogue", "Product").objects.browsable().filter(title__startswith=f"{design}, ")
    rows = named.exclude(entry__colour="").annotate(colour=F("entry__colour"), image=Subquery(first))
    found = [
        row for row in rows.order_by("title", "pk")[: 2 * MOST] if design_of(row.title, row.colour or "") == design
    ]
    if len(found) == 1:
        return ()
    return tuple(
        Colour(row.pk, own_words(row.colour), product_url(row.slug, row.pk), read_picture(row.image or ""))
        for row in found[:MOST]
    )


_colours: Final = Memory(_read)
