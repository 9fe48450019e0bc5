"""Promises that can't be kept, and what staff can do about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db.models import QuerySet
from django.views.generic import ListView

from omni_sync.oscar.navigation import StoreOffice
from omni_sync.stock.models import Hold, Shortfall

PAGE: Final = 50


class Shortfalls(StoreOffice, ListView):  # type: ignore[type-arg]
    """Where more is promised than there is, oldest first, with the promises it endangers."""

    template_name = "omni_sync/dashboard/shortfalls.html"
    paginate_by = PAGE

    def get_queryset(self) -> QuerySet[Shortfall]:
        still_open = Shortfall.objects.filter(closed_at=None, stockrecord__partner__in=self.places).order_by(
            "opened_at", "pk"
        )
        return still_open.select_related("stockrecord__product__parent", "stockrecord__partner", "stockrecord__level")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        promises = _promises(context["object_list"])
        rows = [{"shortfall": s, "endangered": _endangered(s, promises)} for s in context["object_list"]]
        return {**context, "rows": rows}


def _promises(shortfalls: Iterable[Shortfall]) -> dict[int, list[Hold]]:
    """The open promises of the records concerned, newest first."""
    found: dict[int, list[Hold]] = defaultdict(list)
    records = {s.stockrecord_id for s in shortfalls}
    for hold in Hold.objects.open().filter(stockrecord__in=records).order_by("-created_at", "-pk"):
        found[hold.stockrecord_id].append(hold)
    return found


def _endangered(shortfall: Shortfall, promises: dict[int, list[Hold]]) -> Sequence[Hold]:
    """As ``shortfall.endangered``, for many: the newest promises, until the missing quantity is covered."""
    if shortfall.kind != Shortfall.Kind.PROMISE:
        return []
    missing, result = shortfall.missing, []
    for hold in promises[shortfall.stockrecord_id]:
        if missing <= 0:
            break
        result.append(hold)
        missing -= hold.quantity
    return result
