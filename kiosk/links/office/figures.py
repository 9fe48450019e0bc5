"""How often shelves and goods were scanned in the last seven days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from kiosk.links.models import ProductLink, Scan
from omni_sync.oscar.models import Product

WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ByStore:
    """The scans of one store; ``name`` is empty for those that name none."""

    name: str
    scans: int
    shelves: int


def by_store() -> list[ByStore]:
    """The busiest first: one query."""
    rows = _of_the_week().values(name=F("store__partner__name"))
    counted = rows.annotate(scans=Count("pk"), shelves=Count("place", distinct=True, filter=~Q(place="")))
    return [ByStore(row["name"] or "", row["scans"], row["shelves"]) for row in counted.order_by("-scans", "name")]


def with_figures(products: QuerySet[Product]) -> QuerySet[Product]:
    """Each with ``links`` written of it and ``scans`` of the week, those of a style's sizes among its own."""
    links = ProductLink.objects.filter(product=OuterRef("pk"))
    scans = _of_the_week().filter(Q(product=OuterRef("pk")) | Q(product__parent=OuterRef("pk")))
    counted: QuerySet[Product] = products.annotate(links=_count(links), scans=_count(scans))
    return counted


def _of_the_week() -> QuerySet[Scan]:
    return Scan.objects.filter(at__gt=timezone.now() - WEEK)


def _count(rows: Any) -> Any:
    counted = rows.order_by().values(all=Value(1)).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
