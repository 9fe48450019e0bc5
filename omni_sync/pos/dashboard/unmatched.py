"""What tills sold, counted and received that no product is known for."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Count, Max, Min, Sum
from django.views.generic import ListView

from omni_sync.oscar.models import ProductClass
from omni_sync.oscar.navigation import BackOffice
from omni_sync.pos.models import UnmatchedLine

PAGE: Final = 50


class Unmatched(BackOffice, ListView):  # type: ignore[type-arg]
    """Lines without a product, by the name their till gave it."""

    template_name = "omni_sync/dashboard/unmatched.html"
    paginate_by = PAGE

    def get_queryset(self) -> Any:
        lines = UnmatchedLine.objects.filter(healed_at=None).values("sku", "gtin", "reason")
        return lines.annotate(
            lines=Count("pk"),
            units=Sum("quantity"),
            stores=Count("store", distinct=True),
            since=Min("occurred_at"),
            title=Max("order_line__title"),
        ).order_by("-lines", "sku", "gtin", "reason")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = list(ProductClass.objects.order_by("name"))
        return {**super().get_context_data(**kwargs), "product_classes": kinds, "reasons": UnmatchedLine.Reason}
