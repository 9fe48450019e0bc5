"""Every stock record with what is on hand there: found by SKU, GTIN or title."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from omni_sync.catalogue.exceptions import InvalidGtin
from omni_sync.catalogue.gtin import normalise
from omni_sync.catalogue.models import Gtin
from omni_sync.oscar.keyset import key_of
from omni_sync.oscar.models import Partner, Product, StockRecord
from omni_sync.oscar.navigation import StoreOffice

PAGE: Final = 50
#: So many products may have a word in their title; who means more says more.
MOST: Final = 500
ONLY: Final = {
    "": (_("Everything"), Q()),
    "promised": (_("Promised to somebody"), Q(level__held__gt=0)),
    "none": (_("Nothing available"), Q(level__on_hand__lte=F("level__held") + F("level__safety"))),
    "negative": (_("Less than nothing on hand"), Q(level__on_hand__lt=0)),
}


class GoodsFilter(forms.Form):
    """What to look for; a choice that makes no sense asks for nothing."""

    q = forms.CharField(label=_("SKU, GTIN or title"), required=False, max_length=128)
    store = forms.ModelChoiceField(Partner.objects.none(), label=_("Store"), required=False, empty_label=_("Any"))
    only = forms.ChoiceField(
        label=_("Show"), choices=[(key, label) for key, (label, _condition) in ONLY.items()], required=False
    )

    def __init__(self, told: Any, places: QuerySet[Any]) -> None:
        super().__init__(told)
        self.fields["store"].queryset = places  # type: ignore[attr-defined]

    def condition(self) -> Q:
        """What the records must be."""
        self.is_valid()
        chosen = self.cleaned_data
        condition = ONLY[chosen.get("only") or ""][1]
        if store := chosen.get("store"):
            condition &= Q(partner=store)
        return condition & _named(text) if (text := chosen.get("q", "")) else condition


class Goods(StoreOffice, TemplateView):
    """The records of every place this reader may see."""

    template_name = "omni_sync/dashboard/goods.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = GoodsFilter(
            self.request.GET, Partner.objects.filter(pk__in=[place.pk for place in self.places]).order_by("name")
        )
        number = max(key_of(self.request.GET.get("page", "")) or 1, 1)
        known = StockRecord.objects.filter(form.condition(), partner__in=self.places)
        if product := key_of(self.request.GET.get("product", "")):
            known = known.filter(Q(product=product) | Q(product__parent=product))
        start = (min(number, 10_000) - 1) * PAGE
        ordered = known.select_related("product__parent", "partner", "level")
        ordered = ordered.order_by("partner_sku", "partner__name", "pk")
        found = list(ordered.annotate(available=_AVAILABLE)[start : start + PAGE + 1])
        context = {"form": form, "rows": found[:PAGE], "number": number, "has_next": len(found) > PAGE}
        return {**super().get_context_data(**kwargs), **context, "asked": bool(self.request.GET)}


def _named(text: str) -> Q:
    """Records whose SKU has ``text`` in it, or whose product is called so, or has that GTIN."""
    titles = Product.objects.filter(Q(title__icontains=text) | Q(parent__title__icontains=text))
    named = Q(partner_sku__icontains=text) | Q(product__in=list(titles.values_list("pk", flat=True)[:MOST]))
    try:
        return named | Q(product__in=list(Gtin.objects.filter(value=normalise(text)).values_list("product", flat=True)))
    except InvalidGtin:
        return named


_AVAILABLE = Greatest(F("level__on_hand") - F("level__held") - F("level__safety"), Value(0))
