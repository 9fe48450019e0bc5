from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from oscar.core.loading import get_class
from wagtail.views import serve

from shop.storefront.catalogue import shelf_page
from shop.storefront.json_ld import product_json_ld
from shop.storefront.product import product_page

OscarProductDetailView = get_class("catalogue.views", "ProductDetailView")


class ProductDetailView(OscarProductDetailView):  # type: ignore[misc, valid-type]  # found at run time
    """Oscar's product page at Oscar's address, with what every store can promise."""

    template_name = "shop/storefront/product.html"

    def get_queryset(self) -> Any:
        products = super().get_queryset().select_related("product_class", "parent__product_class")
        return products.select_related("entry", "parent__entry").prefetch_related("images", "parent__images", "gtins")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = product_page(self.object)
        return {"product": self.object, "page": page, "json_ld": product_json_ld(page, self.request), **kwargs}


def home(request: HttpRequest) -> HttpResponse:
    """Wagtail's front page; Oscar's own redirect to the catalogue would be found first."""
    answer: HttpResponse = serve(request, "")
    return answer


def shelf(request: HttpRequest, category_slug: str = "", pk: str | None = None) -> HttpResponse:
    """The whole catalogue, or one category; the slug is for people, the number finds it."""
    page = shelf_page(number=request.GET.get("page"), category=int(pk) if pk else None)
    return render(request, "shop/storefront/shelf.html", {"shelf": page})
