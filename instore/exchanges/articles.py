"""What can go out: articles of this store with their price today, and what a style has beside what came back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from instore.customers.goods import here
from instore.stores.models import Store
from omni_sync.catalogue.models import Entry
from omni_sync.catalogue.sizes import in_order
from omni_sync.catalogue.worded import Worded, product_worded, worded
from omni_sync.oscar.counter import infos_at


@dataclass(frozen=True, slots=True)
class Article:
    """``price`` has the ``tax`` in it, and is None where this store does not sell it; ``left`` of what is not counted.

    ``title`` is the merchant's, for the books; ``words`` are its reader's.
    """

    product_id: int
    style_id: int
    title: str
    words: Worded
    sku: str
    gtin: str
    stockrecord_id: int | None
    price: Decimal | None
    tax: Decimal
    tax_code: str
    currency: str
    left: int | None


@dataclass(frozen=True, slots=True)
class Option:
    """A size or a colour of a style, and how many this store can promise; no ``colour`` that the title says."""

    product_id: int
    size: str
    colour: str
    here: int


@dataclass(frozen=True, slots=True)
class Family:
    """A style with all that it is sold in."""

    style_id: int
    title: str
    options: tuple[Option, ...]


def articles_at(store: Store, product_ids: Collection[int]) -> dict[int, Article]:
    """By product: two queries, however many."""
    if not product_ids:
        return {}
    return {pk: _article(product, info) for pk, (product, info) in infos_at(store.partner, product_ids).items()}


def families_of(product_ids: Iterable[int], store: Store) -> list[Family]:
    """The styles of these products, with every size and colour that is sold: one query."""
    wanted = [pk for pk in product_ids if pk]
    order = {pk: number for number, pk in enumerate(wanted)}
    styles = Entry.objects.filter(product__in=wanted).values("style")
    rows = Entry.objects.filter(style__in=styles, on_shelf=True).exclude(product__structure="parent")
    found: dict[int, list[Any]] = {}
    for row in rows.annotate(here=here(store)):
        found.setdefault(int(row.style_id or 0), []).append(row)
    families = [_family(style, rows) for style, rows in found.items()]
    return sorted(families, key=lambda one: min(order.get(option.product_id, len(order)) for option in one.options))


def _article(product: Any, info: Any) -> Article:
    record, price = info.stockrecord, info.price
    is_priced = record is not None and product.is_public and price.exists and price.is_tax_known
    return Article(
        product_id=product.pk,
        style_id=product.parent_id or product.pk,
        title=product.get_title(),
        words=product_worded(product),
        sku=record.partner_sku if record else "",
        gtin=product.upc or "",
        stockrecord_id=record.pk if record else None,
        price=price.incl_tax if is_priced else None,
        tax=price.tax if is_priced else Decimal(0),
        tax_code=(getattr(price, "tax_code", None) or "") if is_priced else "",
        currency=price.currency if is_priced else "",
        left=_left(product, record),
    )


def _left(product: Any, record: Any) -> int | None:
    if not product.get_product_class().track_stock:
        return None
    return max(int(record.net_stock_level), 0) if record else 0


def _family(style: int, rows: list[Any]) -> Family:
    rows.sort(key=lambda row: (row.colour, in_order(row.size), row.pk))
    words = [worded(row.title, colour=row.colour) for row in rows]
    options = (Option(row.pk, row.size, said.colour_beside, row.here) for row, said in zip(rows, words, strict=True))
    return Family(style, words[0].title, tuple(options))
