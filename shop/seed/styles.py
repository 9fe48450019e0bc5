"""The demo shop's goods: everyday clothes and shoes of the brand Langkah."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from django.utils.functional import Promise

from omni_sync.catalogue.gtin import check_digit
from shop.seed.collection.bottoms import BOTTOMS
from shop.seed.collection.design import COLOURS, Design
from shop.seed.collection.extras import EXTRAS
from shop.seed.collection.layers import LAYERS
from shop.seed.collection.shoes import FOOTWEAR
from shop.seed.collection.tops import TOPS

#: The one variant whose number is written in our documentation.
EXAMPLE: Final = {"LK-TEE-BLK-M": "9521234543213"}
#: Numbers kept free for the sizes of one product page.
ROOM: Final = 20
DESIGNS: Final = TOPS + LAYERS + BOTTOMS + FOOTWEAR + EXTRAS


@dataclass(frozen=True, slots=True)
class Style:
    """One product page: a style in one colour, with the sizes it is made in.

    Its texts are lazy translations; under English they are what the catalogue keeps. ``size_system`` is "EU", "SML",
    "W" (inches; a belt's centimetres) or "" for one size.
    """

    code: str  # of the style, three letters
    shade: str  # of the colour, three letters
    title: str | Promise
    description: str | Promise
    category: str | Promise  # at the top: clothes, shoes, accessories
    shelf: str | Promise  # the category below it: tees, sneakers …
    colour: str | Promise
    price: int  # rupiah
    sizes: tuple[str, ...]
    size_system: str
    number: int  # the first of its GTINs' payloads

    @property
    def key(self) -> str:
        return f"LK-{self.code}-{self.shade}"

    def variants(self) -> Iterator[tuple[str, str, str]]:
        """SKU, size and GTIN-13 (under GS1's example prefix 952) of every size."""
        for offset, size in enumerate(self.sizes):
            sku = f"{self.key}-{size}"
            payload = f"952{self.number + offset:09}"
            yield sku, size, EXAMPLE.get(sku) or f"{payload}{check_digit(payload)}"


def _styles(designs: tuple[Design, ...]) -> Iterator[Style]:
    """A style per colour; each has its own numbers, whatever the shop shows first."""
    pages = ((design, shade) for design in designs for shade in design.titles)
    for place, (design, shade) in enumerate(pages, 1):
        yield Style(
            code=design.code,
            shade=shade,
            title=design.titles[shade],
            description=design.description,
            category=design.category,
            shelf=design.shelf,
            colour=COLOURS[shade],
            price=design.price,
            sizes=design.sizes.values,
            size_system=design.sizes.system,
            number=place * ROOM,
        )


def _mixed(styles: list[Style]) -> tuple[Style, ...]:
    """``styles`` as a window would show them: every shelf spread evenly over all, the best known last (the newest)."""
    last = ("LK-CRT-WHT", "LK-BTK-NVY", "LK-RAI-MUS", "LK-RUN-SEA", "LK-TEE-BLK")
    colours: Counter[str] = Counter()
    rounds: list[tuple[int, Style]] = []  # a design's second colour comes after the first ones of its shelf
    for style in styles:
        colours[style.code] += 1
        rounds.append((colours[style.code], style))
    rounds.sort(key=itemgetter(0))
    shelves: dict[str | Promise, list[Style]] = {}
    for _, style in rounds:
        shelves.setdefault(style.shelf, []).append(style)
    spread = [(place / len(row), style) for row in shelves.values() for place, style in enumerate(row)]
    inner = [style for _, style in sorted(spread, key=itemgetter(0)) if style.key not in last]
    return (*inner, *(style for key in last for style in styles if style.key == key))


STYLES: Final = _mixed(list(_styles(DESIGNS)))
