"""Products in Oscar: a style per colour, its sizes as children, their numbers and its picture."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core.files.base import ContentFile
from django.utils import translation
from django.utils.text import slugify
from oscar.core.loading import get_model

from omni_sync.catalogue.identify import describe, set_gtins
from omni_sync.oscar.models import Category, Product, ProductClass
from shop.seed.drawings import picture
from shop.seed.styles import STYLES, Style

ProductImage = get_model("catalogue", "ProductImage")
ProductCategory = get_model("catalogue", "ProductCategory")


def put_on_shelves() -> dict[str, int]:
    """Make the styles that are missing, with everything they have; leave the others. The product id of every SKU.

    Styles and sizes are known by Oscar's ``code``, which is theirs for good, so what was renamed is not made twice.
    """
    wanted = [style.key for style in STYLES]
    known = set(Product.objects.filter(code__in=wanted).values_list("code", flat=True))
    missing = [style for style in STYLES if style.key not in known]
    if missing:
        with translation.override("en"):
            _make(missing)
    skus = [sku for style in STYLES for sku, _, _ in style.variants()]
    return dict(Product.objects.filter(code__in=skus).values_list("code", "pk"))


def _make(styles: Sequence[Style]) -> None:
    with ThreadPoolExecutor() as pool:
        drawn = pool.map(picture, [style.code for style in styles], [style.shade for style in styles])
        kind, _ = ProductClass.objects.get_or_create(name="Clothes and shoes")
        shelves = {name: _shelf(name) for name in dict.fromkeys(str(style.category) for style in styles)}
        for style, picture_bytes in zip(styles, drawn, strict=True):
            parent = _style(style, kind, shelves[str(style.category)])
            image = ProductImage(product=parent, caption=parent.title)
            image.original.save(f"{style.key.lower()}.webp", ContentFile(picture_bytes))
            _sizes(style, parent)


def _shelf(name: str) -> Any:
    return Category.objects.filter(depth=1, name=name).first() or Category.add_root(name=name)


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
