"""The demo shop's goods: everyday clothes and shoes of the brand Langkah."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import pgettext_lazy

from omni_sync.catalogue.gtin import check_digit

LETTERS: Final = ("S", "M", "L", "XL")
#: The one variant whose number is written in our documentation.
EXAMPLE: Final = {"LK-TEE-BLK-M": "9521234543213"}


@dataclass(frozen=True, slots=True)
class Style:
    """One product page: a style in one colour, with the sizes it is made in."""

    code: str  # of the style, three letters
    shade: str  # of the colour, three letters
    title: str
    description: str
    category: str
    colour: str
    price: int  # rupiah
    sizes: tuple[str, ...]
    size_system: str

    @property
    def key(self) -> str:
        return f"LK-{self.code}-{self.shade}"

    def variants(self) -> Iterator[tuple[str, str, str]]:
        """SKU, size and GTIN of every size."""
        for size in self.sizes:
            sku = f"{self.key}-{size}"
            yield sku, size, EXAMPLE.get(sku) or _gtin(sku)


def _gtin(sku: str) -> str:
    """A GTIN-13 under GS1's example prefix 952, the same for the same SKU and different for any other of ours."""
    payload = f"952{_NUMBERS[sku]:09}"
    return f"{payload}{check_digit(payload)}"


def _between(first: int, last: int, step: int = 1) -> tuple[str, ...]:
    return tuple(str(size) for size in range(first, last + 1, step))


TEE = pgettext_lazy(
    "product", "A straight tee of heavy combed cotton. It keeps its shape and its collar, wash after wash."
)
LINEN = pgettext_lazy(
    "product", "Linen that breathes on the way to work and still looks right at dinner. Coconut buttons."
)
HOODIE = pgettext_lazy(
    "product", "Brushed inside, dry outside: for early trains and cold cinemas. A hood that stays up."
)
CHINOS = pgettext_lazy("product", "A straight leg with two per cent stretch and pockets deep enough for a phone.")
SHORTS = pgettext_lazy("product", "Quick to dry, with a drawstring that does not come out in the wash.")
DRESS = pgettext_lazy("product", "A light dress that moves. Side pockets, no lining, no ironing.")
RUNNER = pgettext_lazy(
    "product", "A light shoe with a soft heel, made for pavements that are not quite flat. Recycled mesh."
)
LOAFER = pgettext_lazy(
    "product", "Full-grain leather over a rubber sole that can be replaced. A week to wear in, years to wear."
)
SANDAL = pgettext_lazy("product", "Two straps, a cork footbed, a sole that does not mind the rain.")
SLIP_ON = pgettext_lazy("product", "Canvas, elastic sides, nothing to tie. Off at the door and on again in a second.")
EU_37_43, EU_38_44, EU_39_43, WAIST = _between(37, 43), _between(38, 44), _between(39, 43), _between(28, 34, 2)
CLOTHES, SHOES = pgettext_lazy("product", "Clothes"), pgettext_lazy("product", "Shoes")
#: code, shade, title, description, category, colour, price, sizes, system; the newest last
_ROWS: Final = (
    ("SLP", "WHT", pgettext_lazy("product", "Lompat slip-on, white"), SLIP_ON, SHOES, "white", 449_000, EU_37_43, "EU"),
    ("SAN", "TAN", pgettext_lazy("product", "Santai sandal, tan"), SANDAL, SHOES, "tan", 259_000, EU_37_43, "EU"),
    ("SAN", "BLK", pgettext_lazy("product", "Santai sandal, black"), SANDAL, SHOES, "black", 259_000, EU_37_43, "EU"),
    ("SHO", "NVY", pgettext_lazy("product", "Pantai shorts, navy"), SHORTS, CLOTHES, "navy", 219_000, LETTERS, "SML"),
    ("SHO", "BRK", pgettext_lazy("product", "Pantai shorts, brick"), SHORTS, CLOTHES, "brick", 219_000, LETTERS, "SML"),
    ("CHI", "BLK", pgettext_lazy("product", "Lurus chinos, black"), CHINOS, CLOTHES, "black", 359_000, WAIST, "W"),
    ("CHI", "KHK", pgettext_lazy("product", "Lurus chinos, khaki"), CHINOS, CLOTHES, "khaki", 359_000, WAIST, "W"),
    ("TEE", "WHT", pgettext_lazy("product", "Kawan tee, white"), TEE, CLOTHES, "white", 149_000, LETTERS, "SML"),
    ("HOO", "NVY", pgettext_lazy("product", "Pagi hoodie, navy"), HOODIE, CLOTHES, "navy", 389_000, LETTERS, "SML"),
    (
        "DRS",
        "BRK",
        pgettext_lazy("product", "Angin dress, brick"),
        DRESS,
        CLOTHES,
        "brick",
        429_000,
        LETTERS[:3],
        "SML",
    ),
    ("LOA", "BRN", pgettext_lazy("product", "Kota loafer, brown"), LOAFER, SHOES, "brown", 729_000, EU_39_43, "EU"),
    (
        "LIN",
        "SKY",
        pgettext_lazy("product", "Sore linen shirt, sky blue"),
        LINEN,
        CLOTHES,
        "sky blue",
        329_000,
        LETTERS,
        "SML",
    ),
    ("RUN", "BLK", pgettext_lazy("product", "Tapak runner, black"), RUNNER, SHOES, "black", 649_000, EU_38_44, "EU"),
    (
        "TEE",
        "SEA",
        pgettext_lazy("product", "Kawan tee, sea green"),
        TEE,
        CLOTHES,
        "sea green",
        149_000,
        LETTERS,
        "SML",
    ),
    (
        "DRS",
        "SEA",
        pgettext_lazy("product", "Angin dress, sea green"),
        DRESS,
        CLOTHES,
        "sea green",
        429_000,
        LETTERS[:3],
        "SML",
    ),
    ("RUN", "WHT", pgettext_lazy("product", "Tapak runner, white"), RUNNER, SHOES, "white", 649_000, EU_38_44, "EU"),
    ("HOO", "GRY", pgettext_lazy("product", "Pagi hoodie, grey"), HOODIE, CLOTHES, "grey", 389_000, LETTERS, "SML"),
    ("LIN", "SND", pgettext_lazy("product", "Sore linen shirt, sand"), LINEN, CLOTHES, "sand", 329_000, LETTERS, "SML"),
    (
        "RUN",
        "SEA",
        pgettext_lazy("product", "Tapak runner, sea green"),
        RUNNER,
        SHOES,
        "sea green",
        649_000,
        EU_38_44,
        "EU",
    ),
    ("TEE", "BLK", pgettext_lazy("product", "Kawan tee, black"), TEE, CLOTHES, "black", 149_000, LETTERS, "SML"),
)
STYLES: Final = tuple(Style(code, shade, *rest) for code, shade, *rest in _ROWS)  # type: ignore[arg-type]
_NUMBERS: Final = {
    f"{style.key}-{size}": place * 100 + offset
    for place, style in enumerate(STYLES, 1)
    for offset, size in enumerate(style.sizes, 1)
}
