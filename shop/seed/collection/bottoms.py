"""Trousers, skirts and dresses."""

from typing import Final

from django.utils.translation import pgettext_lazy

from shop.seed.collection.design import CLOTHES, Design, letters, waist

TROUSERS: Final = pgettext_lazy("product", "Trousers")
SKIRTS: Final = pgettext_lazy("product", "Skirts & dresses")

BOTTOMS: Final = (
    Design(
        code="CHI",
        category=CLOTHES,
        shelf=TROUSERS,
        price=359_000,
        sizes=waist(28, 36),
        titles={
            "BLK": pgettext_lazy("product", "Lurus chinos, black"),
            "KHK": pgettext_lazy("product", "Lurus chinos, khaki"),
        },
        description=pgettext_lazy(
            "product", "A straight leg with two per cent stretch and pockets deep enough for a phone."
        ),
    ),
    Design(
        code="JNS",
        category=CLOTHES,
        shelf=TROUSERS,
        price=459_000,
        sizes=waist(28, 38),
        titles={
            "BLK": pgettext_lazy("product", "Biru jeans, black"),
            "IND": pgettext_lazy("product", "Biru jeans, indigo"),
        },
        description=pgettext_lazy(
            "product", "Denim with a little stretch and a tapered leg. It softens with every wash; turn it inside out."
        ),
    ),
    Design(
        code="SHO",
        category=CLOTHES,
        shelf=TROUSERS,
        price=219_000,
        sizes=letters("S", "XL"),
        titles={
            "NVY": pgettext_lazy("product", "Pantai shorts, navy"),
            "BRK": pgettext_lazy("product", "Pantai shorts, brick"),
        },
        description=pgettext_lazy("product", "Quick to dry, with a drawstring that does not come out in the wash."),
    ),
    Design(
        code="JOG",
        category=CLOTHES,
        shelf=TROUSERS,
        price=299_000,
        sizes=letters("S", "XL"),
        titles={
            "BLK": pgettext_lazy("product", "Libur joggers, black"),
            "GRY": pgettext_lazy("product", "Libur joggers, grey"),
        },
        description=pgettext_lazy(
            "product", "Soft inside, with ribbed ankles and a drawstring. The pocket behind closes with a zip."
        ),
    ),
    Design(
        code="WID",
        category=CLOTHES,
        shelf=TROUSERS,
        price=389_000,
        sizes=letters("S", "L"),
        titles={"SND": pgettext_lazy("product", "Lapang wide trousers, sand")},
        description=pgettext_lazy(
            "product", "A wide leg with two pleats, in viscose and linen. High at the waist, with elastic at the back."
        ),
    ),
    Design(
        code="DRS",
        category=CLOTHES,
        shelf=SKIRTS,
        price=429_000,
        sizes=letters("S", "L"),
        titles={
            "BRK": pgettext_lazy("product", "Angin dress, brick"),
            "SEA": pgettext_lazy("product", "Angin dress, sea green"),
        },
        description=pgettext_lazy("product", "A light dress that moves. Side pockets, no lining, no ironing."),
    ),
    Design(
        code="SKT",
        category=CLOTHES,
        shelf=SKIRTS,
        price=319_000,
        sizes=letters("S", "L"),
        titles={
            "NVY": pgettext_lazy("product", "Lipat pleated skirt, navy"),
            "ROS": pgettext_lazy("product", "Lipat pleated skirt, rose"),
        },
        description=pgettext_lazy(
            "product", "Falls below the knee and swings when you walk. The pleats are set and come back after a wash."
        ),
    ),
    Design(
        code="SHD",
        category=CLOTHES,
        shelf=SKIRTS,
        price=469_000,
        sizes=letters("S", "L"),
        titles={"OLV": pgettext_lazy("product", "Taman shirt dress, olive")},
        description=pgettext_lazy(
            "product", "Buttons all the way down, a belt to tie and pockets in the seams. The sleeves end at the elbow."
        ),
    ),
)
