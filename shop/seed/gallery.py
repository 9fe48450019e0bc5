"""The pictures of the goods, as files where the pages look for them."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from shop.seed.styles import Style
from shop.storefront.pictures import beside

FOLDER: Final = "images/products"
SMALL: Final = 400


def hang(styles: Sequence[Style], *, small: bool) -> Mapping[str, list[str]]:
    """Draw ``styles`` and write them; the names of each style's pictures, in the order they are shown, by its key.

    ``small`` draws the first view only, at one width, and only once for all tests of a run. Libvips draws outside of
    Python's lock: threads are enough.
    """
    from shop.seed.pictures import views  # libvips is loaded only when there is something to draw

    wanted = [(style, view) for style in styles for view in range(1 if small else views(style))]
    names: dict[str, list[str]] = {style.key: [] for style in styles}
    with ThreadPoolExecutor() as pool:
        for (style, view), drawn in zip(wanted, pool.map(lambda one: _drawn(*one, small=small), wanted), strict=True):
            names[style.key].append(_hang(_name(style, view), drawn))
    return names


def _name(style: Style, view: int) -> str:
    return f"{FOLDER}/{style.key.lower()}-{view}.webp"


def _drawn(style: Style, view: int, *, small: bool) -> dict[int, bytes]:
    from shop.seed.pictures import render, render_all

    if not small:
        return render_all(style, view)
    return {} if default_storage.exists(_name(style, view)) else {SMALL: render(style, view, SMALL)}


def _hang(name: str, drawn: Mapping[int, bytes]) -> str:
    """The widest under ``name``, and where pages ask for several widths, each beside it. Nothing drawn is no change."""
    if drawn:
        write(name, drawn[max(drawn)])
    if len(drawn) > 1:
        for width, content in drawn.items():
            write(beside(name, width), content)
    return name


def write(name: str, content: bytes) -> str:
    """The same name every time: what a run left that was killed is written over."""
    default_storage.delete(name)
    return default_storage.save(name, ContentFile(content))
