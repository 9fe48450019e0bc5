"""A body as a reader sees it: what its blocks say is remembered, what is in stock is asked for."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest
from django.utils.translation import get_language

from shop.content.blocks import faq, hero, notes, products, stores, tables, writing
from shop.content.blocks.found import Found, look_up
from shop.content.blocks.links import link_of
from shop.content.blocks.rows import Row
from shop.storefront.memory import Edition, Memory, edition_of
from shop.storefront.shelf import browsable, cards

Shown = Any  # one of the classes that the modules beside this one define, each with its ``template``


class Kind(NamedTuple):
    """How a block that is kept becomes one that is shown, and which products it wants."""

    show: Callable[[Any, Found], Shown]
    wants: Callable[[Any], Row] | None = None


KINDS: Final[dict[str, Kind]] = {
    "link": Kind(link_of),
    "hero": Kind(hero.hero),
    "chosen": Kind(products.chosen_products, products.chosen_wants),
    "category": Kind(products.category_products, products.category_wants),
    "trend": Kind(products.trending_products, products.trend_wants),
    "shop_picker": Kind(stores.shop_picker),
    "text": Kind(writing.text),
    "text_and_picture": Kind(writing.text_and_picture),
    "table": Kind(tables.table),
    "faq": Kind(faq.faq),
    "note": Kind(notes.note),
}


def kept(body: Any) -> str:
    """A body as it is kept in the database: the same words, the same text."""
    return json.dumps(list(body.raw_data), cls=DjangoJSONEncoder) if body is not None and len(body) else ""


def blocks_of(body: str, request: HttpRequest) -> list[Shown]:
    """The blocks of ``body`` (see ``kept``) for this reader.

    What they say is remembered; for all rows of products together two queries ask what is there and what it costs.
    """
    if not body:
        return []
    edition = edition_of(request)
    return _for_now(_blocks.get((get_language() or "", body), edition), request, edition)


def _for_now(blocks: Sequence[Shown], request: HttpRequest, edition: Edition) -> list[Shown]:
    wanted = {product for block in blocks if isinstance(block, products.ProductRow) for product in block.products}
    known = {card.pk: card for card in cards(browsable().filter(pk__in=wanted), edition=edition)} if wanted else {}
    shown: list[Shown] = []
    for block in blocks:
        if isinstance(block, products.ProductRow):
            row = tuple(known[product] for product in block.products if product in known)
            shown.extend([replace(block, cards=row)] if row else [])
        elif isinstance(block, stores.ShopPicker):
            shown.append(replace(block, lines=_lines(request, edition)))
        else:
            shown.append(block)
    return shown


def _lines(request: HttpRequest, edition: Edition) -> tuple[Any, ...]:
    from shop.storefront.stores import store_lines  # whose pages have blocks themselves

    return tuple(store_lines(request, edition))


def _read(key: tuple[str, str]) -> tuple[Shown, ...]:
    language, body = key
    blocks = [block for block in json.loads(body) if block["type"] in KINDS]
    kinds = [KINDS[block["type"]] for block in blocks]
    rows = [kind.wants(block["value"]) for kind, block in zip(kinds, blocks, strict=True) if kind.wants]
    found = look_up(blocks, language=language, rows=rows)
    shown = (kind.show(block["value"], found) for kind, block in zip(kinds, blocks, strict=True))
    return tuple(block for block in shown if block is not None)


_blocks: Final = Memory(_read, most=500)
