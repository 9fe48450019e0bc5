"""What people say of styles: in figures, and the reviews that helped most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Avg, Count, F, Window
from django.db.models.functions import RowNumber

from omni_sync.oscar.models import ProductReview

FIRST: Final = 2


@dataclass(frozen=True, slots=True)
class Opinion:
    """One approved review; ``by`` is a first name and an initial, empty for somebody who gave none."""

    score: int
    title: str
    body: str
    by: str


@dataclass(frozen=True, slots=True)
class Opinions:
    """All approved reviews of a style in figures, and the most helpful of them; ``average`` is 0 without any."""

    count: int = 0
    average: float = 0.0
    first: tuple[Opinion, ...] = ()


NONE: Final = Opinions()


def opinions_of(styles: Collection[int]) -> dict[int, Opinions]:
    """By style, for those of which something is said: one query, none for none."""
    if not styles:
        return {}
    own = [F("product")]
    helpful = [F("delta_votes").desc(), F("date_created").desc(), F("pk").desc()]
    approved: Any = ProductReview.objects.approved().filter(product__in=styles).select_related("user")
    ranked = approved.annotate(
        total=Window(Count("pk"), partition_by=own),
        average=Window(Avg("score"), partition_by=own),
        rank=Window(RowNumber(), partition_by=own, order_by=helpful),
    )
    found: dict[int, list[Any]] = defaultdict(list)
    for row in ranked.filter(rank__lte=FIRST).order_by("product", "rank"):
        found[row.product_id].append(row)
    return {
        style: Opinions(rows[0].total, round(float(rows[0].average), 1), tuple(_opinion(row) for row in rows))
        for style, rows in found.items()
    }


def _opinion(row: Any) -> Opinion:
    return Opinion(row.score, row.title, row.body, _short(row.user.get_full_name() if row.user else row.name))


def _short(name: str) -> str:
    """Who writes of a shoe need not be found by it: "Sari Wulandari" is Sari W."""
    first, *rest = name.split() or [""]
    return f"{first} {rest[-1][0]}." if rest else first
