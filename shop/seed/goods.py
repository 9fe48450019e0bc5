"""Products in Oscar: a style per colour, its sizes as children, their numbers and its pictures."""

from collections.abc import Sequence
from typing import Any, Final

from django.db import transaction
from django.utils import translation
from django.utils.text import slugify
from oscar.core.loading import get_model

from omni_sync.catalogue.dimensions import ALL_OF_THEM
from omni_sync.catalogue.entries import entries_at_once
from omni_sync.catalogue.identify import describe, set_gtins
from omni_sync.oscar.models import Category, Product, ProductClass
from shop.seed.styles import STYLES, Style
from shop.storefront.memory import catalogue_changed

ProductCategory = get_model("catalogue", "ProductCategory")
#: How large a bag is; of what is worn its size says enough.
MEASURES: Final = {"TOT": "36 × 40 × 10 cm", "BPK": "30 × 45 × 14 cm"}  # noqa: RUF001


def styles_of(*, small: bool) -> tuple[Style, ...]:
    """Every style, or for tests a fourth of them and the best known ones, in the same order."""
    chosen = {*STYLES[::4], *STYLES[-5:]}
    return tuple(style for style in STYLES if not small or style in chosen)


def are_there(styles: Sequence[Style]) -> bool:
    """Whether nothing of ``styles`` is missing."""
    return not _missing(styles)


def put_on_shelves(styles: Sequence[Style]) -> None:
    """Make those of ``styles`` that are missing, with everything they have but their pictures; leave the others.

    Styles and sizes are known by Oscar's ``code``, which is theirs for good, so what was renamed is not made twice.
    """
    with translation.override("en"), transaction.atomic(), entries_at_once():
        kind, _ = ProductClass.objects.get_or_create(name="Clothes and shoes")
        shelves: dict[tuple[str, str], Any] = {}
        for style in _missing(styles):
            way = str(style.category), str(style.shelf)
            shelves[way] = shelves.get(way) or _shelf(*way)
            _sizes(style, _style(style, kind, shelves[way]))
    catalogue_changed()  # Oscar was told of some of it in bulk, past its signals


def _missing(styles: Sequence[Style]) -> list[Style]:
    known = set(Product.objects.filter(code__in=[style.key for style in styles]).values_list("code", flat=True))
    return [style for style in styles if style.key not in known]


def _shelf(top: str, name: str) -> Any:
    above = Category.objects.filter(depth=1, name=top).first() or Category.add_root(name=top)
    return above.get_children().filter(name=name).first() or above.add_child(name=name)


def _style(style: Style, kind: Any, shelf: Any) -> Any:
    parent = Product.objects.create(
        structure=Product.PARENT,
        product_class=kind,
        title=str(style.title),
        description=str(style.description),
        code=style.key,
    )
    describe(product=parent, colour=str(style.colour))
    ProductCategory.objects.create(product=parent, category=shelf)
    if style.code in MEASURES:
        measure, _ = kind.attributes.get_or_create(code=ALL_OF_THEM, defaults={"name": "Measures", "type": "text"})
        measure.productattributevalue_set.create(product=parent, value_text=MEASURES[style.code])
    return parent


def _sizes(style: Style, parent: Any) -> None:
    rows = list(style.variants())
    children = Product.objects.bulk_create(
        Product(
            structure=Product.CHILD,
            parent=parent,
            title=f"{style.title}, {size}",
            slug=slugify(f"{style.title} {size}"),
            code=sku,
        )
        for sku, size, _ in rows
    )
    for child, (_, size, gtin) in zip(children, rows, strict=True):
        set_gtins(product=child, values=[gtin])
        describe(product=child, size=size, size_system=style.size_system, colour=str(style.colour))
