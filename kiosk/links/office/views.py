"""What a merchant says of the goods to whoever scans them."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView, UpdateView

from kiosk.links.address import product_link
from kiosk.links.models import ProductLink
from kiosk.links.office.figures import by_store, with_figures
from kiosk.links.office.forms import LinkForm
from omni_sync.catalogue.gtin import is_published
from omni_sync.catalogue.scanned import gtins_said
from omni_sync.oscar.models import Product
from omni_sync.oscar.navigation import BackOffice

PAGE: Final = 50
LONGEST: Final = 200
WRONG: Final = 422


class Goods(BackOffice, ListView):  # type: ignore[type-arg]
    """The styles, and what a number or a word finds; how often each was scanned, and how many links it has."""

    template_name = "kiosk/dashboard/goods.html"
    paginate_by = PAGE

    @property
    def asked(self) -> str:
        """What is looked for."""
        return self.request.GET.get("q", "").strip().replace("\x00", "")[:LONGEST]

    def get_queryset(self) -> QuerySet[Product]:
        rows = Product.objects.select_related("parent").order_by("title", "pk")
        if not self.asked:
            return with_figures(rows.exclude(structure="child"))
        numbered = gtins_said(self.asked).values("product")
        found = rows.filter(pk__in=numbered) if numbered.exists() else rows.filter(title__icontains=self.asked)
        return with_figures(found)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "asked": self.asked, "stores": by_store()}


class GoodsLinks(BackOffice, DetailView):  # type: ignore[type-arg]
    """All links of one product, those of its style among them, and a form for one more."""

    template_name = "kiosk/dashboard/links.html"
    context_object_name = "product"
    queryset = Product.objects.select_related("parent").prefetch_related("gtins", "digital_links")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        numbers = [one.value for one in self.object.gtins.all() if is_published(one.value)]
        facts = {"form": LinkForm(), "codes": [product_link(gtin=number) for number in numbers]}
        style = self.object.parent_id
        of_style = ProductLink.objects.filter(product=style) if style else ProductLink.objects.none()
        return {**super().get_context_data(**kwargs), **facts, "of_style": of_style, **kwargs}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One more link."""
        self.object = self.get_object()
        form = LinkForm(request.POST, product=self.object)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=WRONG)
        form.save()
        messages.success(request, _("Saved."))
        return redirect("lintas-links:product", pk=pk)


class EditLink(BackOffice, UpdateView):  # type: ignore[type-arg]
    """One link, changed or taken away."""

    template_name = "kiosk/dashboard/link.html"
    form_class = LinkForm
    context_object_name = "link"
    queryset = ProductLink.objects.select_related("product__parent")

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=WRONG)

    def form_valid(self, form: Any) -> HttpResponse:
        form.save()
        messages.success(self.request, _("Saved."))
        return redirect("lintas-links:product", pk=form.instance.product_id)


class TakeAway(BackOffice):
    """A link is said no more."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Once, or already."""
        link = get_object_or_404(ProductLink, pk=pk)
        link.delete()
        messages.success(request, _("The link is gone."))
        return redirect("lintas-links:product", pk=link.product_id)
