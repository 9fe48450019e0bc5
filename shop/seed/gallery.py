"""The pictures of the goods, as files where the pages look for them.

Drawing takes longer than all the rest of the seed, so it goes on beside it: libvips draws outside of Python's lock.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from oscar.core.loading import get_model

from omni_sync.oscar.models import Product
from shop.seed.styles import Style
from shop.storefront.memory import catalogue_changed
from shop.storefront.pictures import beside

ProductImage = get_model("catalogue", "ProductImage")

FOLDER: Final = "images/products"
SMALL: Final = 400
Hung = Mapping[str, list[str]]


def are_hung(styles: Sequence[Style]) -> bool:
    """Whether every one of ``styles`` has a picture."""
    return not _bare(styles)


@contextmanager
def drawing(styles: Sequence[Style], *, small: bool) -> Iterator[Callable[[], None]]:
    """Begin to draw what ``styles`` lack, beside what is done in the block; it gets what waits for it and hangs it.

    A run that is killed leaves files and no rows: the next draws over them.
    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        coming = begin(pool, _bare(styles), small=small)
        try:
            yield lambda: _show({key: [one.result() for one in all_of] for key, all_of in coming.items()})
        finally:
            pool.shutdown(cancel_futures=True)


def begin(pool: ThreadPoolExecutor, styles: Sequence[Style], *, small: bool) -> dict[str, list[Future[str]]]:
    """Have ``pool`` draw ``styles`` and write them; the names to come, in the order they are shown, by a style's key.

    ``small`` draws the first view only, at one width, and only once for all tests of a run.
    """
    if not styles:
        return {}
    from shop.seed.pictures import views  # libvips is loaded only when there is something to draw

    return {
        style.key: [pool.submit(_hang, style, view, small=small) for view in range(1 if small else views(style))]
        for style in styles
    }


def _bare(styles: Sequence[Style]) -> list[Style]:
    keys = ProductImage.objects.filter(product__code__in=[style.key for style in styles])
    known = set(keys.values_list("product__code", flat=True))
    return [style for style in styles if style.key not in known]


@transaction.atomic
def _show(hung: Hung) -> None:
    for parent in Product.objects.filter(code__in=hung):
        ProductImage.objects.bulk_create(
            ProductImage(product=parent, original=name, caption=parent.title, display_order=order)
            for order, name in enumerate(hung[parent.code])
        )
    catalogue_changed()


def _name(style: Style, view: int) -> str:
    return f"{FOLDER}/{style.key.lower()}-{view}.webp"


def _drawn(style: Style, view: int, *, small: bool) -> dict[int, bytes]:
    from shop.seed.pictures import render, render_all

    if not small:
        return render_all(style, view)
    return {} if default_storage.exists(_name(style, view)) else {SMALL: render(style, view, SMALL)}


def _hang(style: Style, view: int, *, small: bool) -> str:
    """The widest under the view's name, and where pages ask for several widths, each beside it."""
    name, drawn = _name(style, view), _drawn(style, view, small=small)
    if len(drawn) > 1:
        for width, content in drawn.items():
            write(beside(name, width), content)
    if drawn:
        write(name, drawn[max(drawn)])
    return name


def write(name: str, content: bytes) -> str:
    """The same name every time: what a run left that was killed is written over."""
    default_storage.delete(name)
    return default_storage.save(name, ContentFile(content))
