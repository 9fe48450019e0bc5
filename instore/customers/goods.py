"""How many of a product this store has, in whatever is read of products."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce, Greatest

from instore.stores.models import Store
from omni_sync.stock.models import Level


def here(store: Store, product: str = "product") -> CombinedExpression:
    """An annotation: what ``store`` may still promise of ``product``, a style's sizes summed."""
    # Asked apart: either has its index, both together have none.
    return _sum(store, stockrecord__product=OuterRef(product)) + _sum(
        store, stockrecord__product__parent=OuterRef(product)
    )


def _sum(store: Store, **which: Any) -> Coalesce:
    levels = Level.objects.filter(stockrecord__partner=store.pk, **which).order_by()
    room = Sum(Greatest(F("on_hand") - F("held") - F("safety"), 0))
    return Coalesce(Subquery(levels.values("stockrecord__partner").annotate(room=room).values("room")), 0)
