"""What a simulated till finds on its shop's shelves."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Q

from omni_sync.stock.models import Level
from shop.seed.week.goods import Article, articles


class NothingThere(Exception):
    """This place has no such article, or there is no such place."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """One article at one shop: what can be sold of it, and what lies there, promised or not."""

    article: Article
    zone: ZoneInfo
    available: int
    on_hand: int


def shelf_of(store: str, sku: str) -> Shelf:
    """The shelf of one article. Raises NothingThere."""
    found = _shelves(Q(stockrecord__partner__code=store, stockrecord__partner_sku=sku))
    if not found:
        raise NothingThere(store, sku)
    return found[0]


def shelves_of(store: str) -> list[Shelf]:
    """Every shelf of a shop, by SKU: one query."""
    return _shelves(Q(stockrecord__partner__code=store))


def _shelves(which: Q) -> list[Shelf]:
    levels = Level.objects.filter(which, stockrecord__price__isnull=False).order_by("stockrecord__partner_sku")
    rows = levels.values_list(
        "stockrecord__partner_sku",
        "stockrecord__product__upc",
        "stockrecord__product__title",
        "stockrecord__price",
        "stockrecord__partner__location__timezone",
        "on_hand",
        "held",
        "safety",
    )
    return [
        Shelf(
            Article(sku, gtin or "", title or sku, int(price or 0), _liking(sku)),
            ZoneInfo(zone or "UTC"),
            on_hand - held - safety,
            on_hand,
        )
        for sku, gtin, title, price, zone, on_hand, held, safety in rows
    ]


def _liking(sku: str) -> float:
    known = articles().get(sku)
    return known.liking if known else 1.0
