"""Knitwear, hoodies and what is worn over them."""

from typing import Final

from django.utils.translation import pgettext_lazy

from shop.seed.collection.design import CLOTHES, Design, letters

KNITWEAR: Final = pgettext_lazy("product", "Knitwear & hoodies")
OUTERWEAR: Final = pgettext_lazy("product", "Outerwear")

LAYERS: Final = (
    Design(
        code="HOO",
        category=CLOTHES,
        shelf=KNITWEAR,
        price=389_000,
        sizes=letters("S", "XXL"),
        titles={
            "NVY": pgettext_lazy("product", "Pagi hoodie, navy"),
            "GRY": pgettext_lazy("product", "Pagi hoodie, grey"),
        },
        description=pgettext_lazy(
            "product", "Brushed inside, dry outside: for early trains and cold cinemas. A hood that stays up."
        ),
    ),
    Design(
        code="SWT",
        category=CLOTHES,
        shelf=KNITWEAR,
        price=329_000,
        sizes=letters("S", "XXL"),
        titles={
            "CRM": pgettext_lazy("product", "Hujan sweatshirt, cream"),
            "SEA": pgettext_lazy("product", "Hujan sweatshirt, sea green"),
        },
        description=pgettext_lazy(
            "product", "Loopback cotton with a ribbed neck, cuffs and hem. Washed before it is cut, so the size stays."
        ),
    ),
    Design(
        code="CRD",
        category=CLOTHES,
        shelf=KNITWEAR,
        price=419_000,
        sizes=letters("S", "XL"),
        titles={
            "GRY": pgettext_lazy("product", "Teduh cardigan, grey"),
            "MUS": pgettext_lazy("product", "Teduh cardigan, mustard"),
        },
        description=pgettext_lazy(
            "product", "A fine cotton knit with five buttons and two patch pockets. It folds small enough for a bag."
        ),
    ),
    Design(
        code="KNT",
        category=CLOTHES,
        shelf=KNITWEAR,
        price=449_000,
        sizes=letters("S", "XL"),
        titles={
            "NVY": pgettext_lazy("product", "Lembang jumper, navy"),
            "CRM": pgettext_lazy("product", "Lembang jumper, cream"),
        },
        description=pgettext_lazy(
            "product", "A roll neck in cotton and wool with cables down the front. Wash it by hand and dry it flat."
        ),
    ),
    Design(
        code="RAI",
        category=CLOTHES,
        shelf=OUTERWEAR,
        price=549_000,
        sizes=letters("S", "XXL"),
        titles={
            "SEA": pgettext_lazy("product", "Rintik rain jacket, sea green"),
            "MUS": pgettext_lazy("product", "Rintik rain jacket, mustard"),
        },
        description=pgettext_lazy(
            "product", "Taped seams, a hood with a brim and air under the arms. It packs into its own pocket."
        ),
    ),
    Design(
        code="DNM",
        category=CLOTHES,
        shelf=OUTERWEAR,
        price=599_000,
        sizes=letters("S", "XXL"),
        titles={
            "BLK": pgettext_lazy("product", "Kali denim jacket, black"),
            "IND": pgettext_lazy("product", "Kali denim jacket, indigo"),
        },
        description=pgettext_lazy(
            "product", "Washed denim with two pockets on the chest and two inside. Long enough to wear over a hoodie."
        ),
    ),
    Design(
        code="BOM",
        category=CLOTHES,
        shelf=OUTERWEAR,
        price=579_000,
        sizes=letters("S", "XXL"),
        titles={
            "BLK": pgettext_lazy("product", "Malam bomber, black"),
            "OLV": pgettext_lazy("product", "Malam bomber, olive"),
        },
        description=pgettext_lazy(
            "product", "A light jacket with ribbed collar, cuffs and hem. One pocket on the sleeve closes with a zip."
        ),
    ),
)
