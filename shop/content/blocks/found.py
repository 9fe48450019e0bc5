"""What the blocks of one page name, looked up together: pictures, pages, categories, products."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from shop.content.addresses import Standing, pages_named
from shop.content.blocks.rows import Row, products_of
from shop.content.photos import Photo, photos_of
from shop.storefront.catalogue import Shelf, shelves
from shop.storefront.memory import Edition

PAGE_LINK: Final = re.compile(r'<a(?=[^>]* linktype="page")[^>]* id="(\d+)"[^>]*>')
#: Under which key a block keeps the number of what.
PICTURE, PAGE = "picture", "page"


@dataclass(frozen=True, slots=True)
class Found:
    """By their numbers; ``rows`` by what was asked for. ``language`` is the reader's."""

    language: str
    photos: Mapping[int, Photo]
    pages: Mapping[int, Standing]
    shelves: Mapping[int, Shelf]
    rows: Mapping[Row, tuple[int, ...]]


def look_up(blocks: Any, *, language: str, rows: list[Row]) -> Found:
    """Everything that ``blocks`` (as they are kept) name: a fixed number of queries, however many blocks there are."""
    values = list(_named(blocks))
    categories = {shelf.pk: shelf for shelf in shelves(Edition(None))} if _names(values, "category") else {}
    return Found(
        language=language,
        photos=photos_of(_names(values, PICTURE)),
        pages=pages_named([*_names(values, PAGE), *_linked(values)], language),
        shelves=categories,
        rows=products_of(rows, categories),
    )


def _named(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Every plain value inside, with the key it stands under."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _named(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _named(inner, name)
    else:
        yield name, value


def _names(values: list[tuple[str, Any]], key: str) -> list[int]:
    return [value for name, value in values if name == key and isinstance(value, int)]


def _linked(values: list[tuple[str, Any]]) -> list[int]:
    texts = (value for _, value in values if isinstance(value, str) and "linktype" in value)
    return [int(number) for text in texts for number in PAGE_LINK.findall(text)]
