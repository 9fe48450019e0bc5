"""What is written down of a design: one garment or shoe, before it is spread over its colours."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

CLOTHES: Final = pgettext_lazy("product", "Clothes")
SHOES: Final = pgettext_lazy("product", "Shoes")
ACCESSORIES: Final = pgettext_lazy("product", "Accessories")

#: The word for every shade; the paint itself is kept with the drawings.
COLOURS: Final = {
    "BLK": pgettext_lazy("product", "black"),
    "WHT": pgettext_lazy("product", "white"),
    "CRM": pgettext_lazy("product", "cream"),
    "SEA": pgettext_lazy("product", "sea green"),
    "SND": pgettext_lazy("product", "sand"),
    "SKY": pgettext_lazy("product", "sky blue"),
    "GRY": pgettext_lazy("product", "grey"),
    "NVY": pgettext_lazy("product", "navy"),
    "IND": pgettext_lazy("product", "indigo"),
    "KHK": pgettext_lazy("product", "khaki"),
    "OLV": pgettext_lazy("product", "olive"),
    "MUS": pgettext_lazy("product", "mustard"),
    "BRK": pgettext_lazy("product", "brick"),
    "ROS": pgettext_lazy("product", "rose"),
    "BRN": pgettext_lazy("product", "brown"),
    "TAN": pgettext_lazy("product", "tan"),
}


def _between(first: int, last: int, step: int = 1) -> tuple[str, ...]:
    return tuple(str(size) for size in range(first, last + 1, step))


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes a design is made in, and the system they are numbers or letters of."""

    system: str
    values: tuple[str, ...]


def eu(first: int, last: int) -> Sizes:
    """European shoe sizes, both ends included."""
    return Sizes("EU", _between(first, last))


def letters(first: str, last: str) -> Sizes:
    """S to XXL, both ends included."""
    scale = ("S", "M", "L", "XL", "XXL")
    return Sizes("SML", scale[scale.index(first) : scale.index(last) + 1])


def waist(first: int, last: int, step: int = 2) -> Sizes:
    """Waists in inches, or belts in centimetres, both ends included."""
    return Sizes("W", _between(first, last, step))


ONE_SIZE: Final = Sizes("", ("OS",))


@dataclass(frozen=True, slots=True)
class Design:
    """One design: its titles by shade (a title names its colour), and what its colours have in common."""

    code: str  # three letters
    category: str | Promise
    shelf: str | Promise  # below the category
    price: int  # rupiah
    sizes: Sizes
    titles: Mapping[str, str | Promise]
    description: str | Promise
