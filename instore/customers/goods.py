"""How many of a product this store has, in whatever is read of products."""

from __future__ import annotations

from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, Greatest

from instore.stores.models import Store
from omni_sync.stock.models import Level


def here(store: Store, product: str = "product") -> Coalesce:
    """An annotation: what ``store`` may still promise of ``product``, a style's sizes summed."""
    mine = Q(stockrecord__product=OuterRef(product)) | Q(stockrecord__product__parent=OuterRef(product))
    levels = Level.objects.filter(mine, stockrecord__partner=store.pk).order_by()
    room = Sum(Greatest(F("on_hand") - F("held") - F("safety"), 0))
    return Coalesce(Subquery(levels.values("stockrecord__partner").annotate(room=room).values("room")), 0)
