"""Tees and shirts."""

from typing import Final

from django.utils.translation import pgettext_lazy

from shop.seed.collection.design import CLOTHES, Design, letters

TEES: Final = pgettext_lazy("product", "Tees")
SHIRTS: Final = pgettext_lazy("product", "Shirts")

TOPS: Final = (
    Design(
        code="TEE",
        category=CLOTHES,
        shelf=TEES,
        price=149_000,
        sizes=letters("S", "XXL"),
        titles={
            "WHT": pgettext_lazy("product", "Kawan tee, white"),
            "SEA": pgettext_lazy("product", "Kawan tee, sea green"),
            "BLK": pgettext_lazy("product", "Kawan tee, black"),
        },
        description=pgettext_lazy(
            "product", "A straight tee of heavy combed cotton. It keeps its shape and its collar, wash after wash."
        ),
    ),
    Design(
        code="STR",
        category=CLOTHES,
        shelf=TEES,
        price=179_000,
        sizes=letters("S", "XXL"),
        titles={
            "BRK": pgettext_lazy("product", "Layar striped tee, brick"),
            "NVY": pgettext_lazy("product", "Layar striped tee, navy"),
        },
        description=pgettext_lazy(
            "product",
            "Stripes knitted into the cotton, not printed on it. A wider neck that sits flat under a jacket.",
        ),
    ),
    Design(
        code="LST",
        category=CLOTHES,
        shelf=TEES,
        price=199_000,
        sizes=letters("S", "XXL"),
        titles={
            "SND": pgettext_lazy("product", "Panjang long-sleeve tee, sand"),
            "OLV": pgettext_lazy("product", "Panjang long-sleeve tee, olive"),
        },
        description=pgettext_lazy(
            "product",
            "Long sleeves with ribbed cuffs, and a pocket on the chest. For an office with strong air conditioning.",
        ),
    ),
    Design(
        code="POL",
        category=CLOTHES,
        shelf=TEES,
        price=229_000,
        sizes=letters("S", "XXL"),
        titles={
            "WHT": pgettext_lazy("product", "Senin polo, white"),
            "NVY": pgettext_lazy("product", "Senin polo, navy"),
        },
        description=pgettext_lazy(
            "product", "Cotton piqué with a knitted collar and three buttons. Straight at the hem, to wear in or out."
        ),
    ),
    Design(
        code="LIN",
        category=CLOTHES,
        shelf=SHIRTS,
        price=329_000,
        sizes=letters("S", "XL"),
        titles={
            "SKY": pgettext_lazy("product", "Sore linen shirt, sky blue"),
            "SND": pgettext_lazy("product", "Sore linen shirt, sand"),
        },
        description=pgettext_lazy(
            "product", "Linen that breathes on the way to work and still looks right at dinner. Coconut buttons."
        ),
    ),
    Design(
        code="OXF",
        category=CLOTHES,
        shelf=SHIRTS,
        price=349_000,
        sizes=letters("S", "XXL"),
        titles={
            "SKY": pgettext_lazy("product", "Rapat oxford shirt, sky blue"),
            "WHT": pgettext_lazy("product", "Rapat oxford shirt, white"),
        },
        description=pgettext_lazy(
            "product", "Oxford cotton with a collar that buttons down. A pocket on the chest and a spare button inside."
        ),
    ),
    Design(
        code="BTK",
        category=CLOTHES,
        shelf=SHIRTS,
        price=399_000,
        sizes=letters("S", "XXL"),
        titles={
            "NVY": pgettext_lazy("product", "Kawung shirt, navy"),
            "BRN": pgettext_lazy("product", "Kawung shirt, brown"),
        },
        description=pgettext_lazy(
            "product",
            "The kawung motif of Central Java on soft cotton, with an open collar. The rows meet across the front.",
        ),
    ),
    Design(
        code="FLN",
        category=CLOTHES,
        shelf=SHIRTS,
        price=379_000,
        sizes=letters("S", "XXL"),
        titles={
            "SEA": pgettext_lazy("product", "Puncak flannel shirt, sea green"),
            "BRK": pgettext_lazy("product", "Puncak flannel shirt, brick"),
        },
        description=pgettext_lazy(
            "product", "Brushed on both sides, for evenings in the hills. Two chest pockets with flaps that button."
        ),
    ),
    Design(
        code="BLS",
        category=CLOTHES,
        shelf=SHIRTS,
        price=299_000,
        sizes=letters("S", "L"),
        titles={
            "ROS": pgettext_lazy("product", "Melati blouse, rose"),
            "WHT": pgettext_lazy("product", "Melati blouse, white"),
        },
        description=pgettext_lazy(
            "product", "Light cotton voile with a band collar and gathered sleeves. The small buttons are shell."
        ),
    ),
)
