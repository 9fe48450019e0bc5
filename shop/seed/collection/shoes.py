"""Shoes."""

from typing import Final

from django.utils.translation import pgettext_lazy

from shop.seed.collection.design import SHOES, Design, eu

SNEAKERS: Final = pgettext_lazy("product", "Sneakers")
SANDALS: Final = pgettext_lazy("product", "Sandals")
FLATS: Final = pgettext_lazy("product", "Loafers & flats")
BOOTS: Final = pgettext_lazy("product", "Boots")

FOOTWEAR: Final = (
    Design(
        code="RUN",
        category=SHOES,
        shelf=SNEAKERS,
        price=649_000,
        sizes=eu(38, 45),
        titles={
            "BLK": pgettext_lazy("product", "Tapak runner, black"),
            "WHT": pgettext_lazy("product", "Tapak runner, white"),
            "SEA": pgettext_lazy("product", "Tapak runner, sea green"),
        },
        description=pgettext_lazy(
            "product", "A light shoe with a soft heel, made for pavements that are not quite flat. Recycled mesh."
        ),
    ),
    Design(
        code="CRT",
        category=SHOES,
        shelf=SNEAKERS,
        price=549_000,
        sizes=eu(36, 45),
        titles={
            "BLK": pgettext_lazy("product", "Lapangan court shoe, black"),
            "WHT": pgettext_lazy("product", "Lapangan court shoe, white"),
        },
        description=pgettext_lazy(
            "product",
            "Low, in smooth leather, on a stitched rubber sole. Plain enough for work, soft enough to walk.",
        ),
    ),
    Design(
        code="HIT",
        category=SHOES,
        shelf=SNEAKERS,
        price=499_000,
        sizes=eu(36, 43),
        titles={
            "BLK": pgettext_lazy("product", "Tinggi high-top, black"),
            "BRK": pgettext_lazy("product", "Tinggi high-top, brick"),
        },
        description=pgettext_lazy(
            "product", "Canvas up to the ankle, a rubber toe and cotton laces. Two eyelets inside let the air through."
        ),
    ),
    Design(
        code="SLP",
        category=SHOES,
        shelf=SNEAKERS,
        price=449_000,
        sizes=eu(37, 43),
        titles={
            "NVY": pgettext_lazy("product", "Lompat slip-on, navy"),
            "WHT": pgettext_lazy("product", "Lompat slip-on, white"),
        },
        description=pgettext_lazy(
            "product", "Canvas, elastic sides, nothing to tie. Off at the door and on again in a second."
        ),
    ),
    Design(
        code="SAN",
        category=SHOES,
        shelf=SANDALS,
        price=259_000,
        sizes=eu(37, 43),
        titles={
            "TAN": pgettext_lazy("product", "Santai sandal, tan"),
            "BLK": pgettext_lazy("product", "Santai sandal, black"),
        },
        description=pgettext_lazy("product", "Two straps, a cork footbed, a sole that does not mind the rain."),
    ),
    Design(
        code="FLP",
        category=SHOES,
        shelf=SANDALS,
        price=99_000,
        sizes=eu(36, 44),
        titles={
            "BRK": pgettext_lazy("product", "Pulau flip-flop, brick"),
            "SEA": pgettext_lazy("product", "Pulau flip-flop, sea green"),
        },
        description=pgettext_lazy(
            "product", "Natural rubber with a footbed that grips when it is wet. The strap is made in one piece."
        ),
    ),
    Design(
        code="STP",
        category=SHOES,
        shelf=SANDALS,
        price=329_000,
        sizes=eu(38, 44),
        titles={
            "KHK": pgettext_lazy("product", "Jejak trek sandal, khaki"),
            "BLK": pgettext_lazy("product", "Jejak trek sandal, black"),
        },
        description=pgettext_lazy(
            "product", "Three straps that open and close in a second, over a soft midsole. For wet paths and long days."
        ),
    ),
    Design(
        code="LOA",
        category=SHOES,
        shelf=FLATS,
        price=729_000,
        sizes=eu(39, 43),
        titles={
            "BLK": pgettext_lazy("product", "Kota loafer, black"),
            "BRN": pgettext_lazy("product", "Kota loafer, brown"),
        },
        description=pgettext_lazy(
            "product", "Full-grain leather over a rubber sole that can be replaced. A week to wear in, years to wear."
        ),
    ),
    Design(
        code="BAL",
        category=SHOES,
        shelf=FLATS,
        price=389_000,
        sizes=eu(36, 41),
        titles={
            "BLK": pgettext_lazy("product", "Ayu ballet flat, black"),
            "ROS": pgettext_lazy("product", "Ayu ballet flat, rose"),
        },
        description=pgettext_lazy(
            "product", "Soft leather with a small bow and a heel of one centimetre. Flat enough for a desk drawer."
        ),
    ),
    Design(
        code="DRB",
        category=SHOES,
        shelf=FLATS,
        price=799_000,
        sizes=eu(40, 45),
        titles={
            "BRN": pgettext_lazy("product", "Kantor derby, brown"),
            "BLK": pgettext_lazy("product", "Kantor derby, black"),
        },
        description=pgettext_lazy(
            "product", "Open lacing and a round toe on a stitched rubber sole. Wide at the front, close at the heel."
        ),
    ),
    Design(
        code="CHB",
        category=SHOES,
        shelf=BOOTS,
        price=899_000,
        sizes=eu(38, 45),
        titles={
            "BLK": pgettext_lazy("product", "Hutan Chelsea boot, black"),
            "BRN": pgettext_lazy("product", "Hutan Chelsea boot, brown"),
        },
        description=pgettext_lazy(
            "product", "Waxed leather with elastic sides and a tab to pull. The sole is stitched and can be replaced."
        ),
    ),
)
