"""Bags, caps, socks and belts."""

from typing import Final

from django.utils.translation import pgettext_lazy

from shop.seed.collection.design import ACCESSORIES, ONE_SIZE, Design, letters, waist

BAGS: Final = pgettext_lazy("product", "Bags")

EXTRAS: Final = (
    Design(
        code="TOT",
        category=ACCESSORIES,
        shelf=BAGS,
        price=129_000,
        sizes=ONE_SIZE,
        titles={
            "NVY": pgettext_lazy("product", "Pasar tote, navy"),
            "CRM": pgettext_lazy("product", "Pasar tote, cream"),
        },
        description=pgettext_lazy(
            "product", "Heavy canvas with handles that go over a shoulder. One small pocket inside, for keys."
        ),
    ),
    Design(
        code="BPK",
        category=ACCESSORIES,
        shelf=BAGS,
        price=449_000,
        sizes=ONE_SIZE,
        titles={
            "BLK": pgettext_lazy("product", "Ransel backpack, black"),
            "OLV": pgettext_lazy("product", "Ransel backpack, olive"),
        },
        description=pgettext_lazy(
            "product", "Twenty litres, with a padded sleeve for a laptop. Waxed canvas that turns away a shower."
        ),
    ),
    Design(
        code="CAP",
        category=ACCESSORIES,
        shelf=pgettext_lazy("product", "Caps"),
        price=149_000,
        sizes=ONE_SIZE,
        titles={
            "KHK": pgettext_lazy("product", "Terik cap, khaki"),
            "NVY": pgettext_lazy("product", "Terik cap, navy"),
        },
        description=pgettext_lazy(
            "product", "Six panels of washed cotton twill and a curved brim. A metal clasp at the back sets the size."
        ),
    ),
    Design(
        code="SOX",
        category=ACCESSORIES,
        shelf=pgettext_lazy("product", "Socks"),
        price=49_000,
        sizes=letters("S", "L"),
        titles={
            "GRY": pgettext_lazy("product", "Jalan socks, grey"),
            "BRK": pgettext_lazy("product", "Jalan socks, brick"),
        },
        description=pgettext_lazy(
            "product", "Combed cotton with a cushioned heel and a flat seam at the toe. Sold as one pair."
        ),
    ),
    Design(
        code="BLT",
        category=ACCESSORIES,
        shelf=pgettext_lazy("product", "Belts"),
        price=199_000,
        sizes=waist(85, 105, 10),
        titles={
            "BLK": pgettext_lazy("product", "Ikat belt, black"),
            "BRN": pgettext_lazy("product", "Ikat belt, brown"),
        },
        description=pgettext_lazy(
            "product",
            "Full-grain leather, three and a half centimetres wide. The buckle is brass; sizes are in centimetres.",
        ),
    ),
)
