"""An article that staff have scanned: what it costs here, where it stands, and who else has it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from instore.staff.guard import OnDuty, for_staff
from instore.stores.models import Store
from instore.stores.queries import Place, level_of, places
from instore.stores.shelves import places_in
from instore.visits.page import page_of
from instore.visits.visit import basket_at
from omni_sync.catalogue.models import Gtin
from omni_sync.catalogue.worded import product_worded
from omni_sync.oscar.models import Product


@dataclass(frozen=True, slots=True)
class Stocked:
    """How many of the article one place can promise."""

    name: str
    available: int

    @property
    def level(self) -> str:
        """``in``, ``low`` or ``out``."""
        return level_of(self.available)


@dataclass(frozen=True, slots=True)
class ProductPage:
    product: Product
    title: str
    gtin: str
    size: str
    colour: str
    price: Decimal | None
    currency: str
    here: Stocked
    elsewhere: tuple[Stocked, ...]
    shelf: str


@require_safe
@for_staff()
def product_page(request: HttpRequest, duty: OnDuty, gtin: str) -> HttpResponse:
    """The article with this GTIN of 14 digits, as it is at the tablet's store."""
    row = Gtin.objects.filter(value=gtin).select_related("product__entry", "product__parent").first()
    if row is None:
        return render(request, "instore/visits/no_product.html", {"duty": duty, "gtin": gtin}, status=404)
    basket = page_of(basket_at(request))
    facts = {"duty": duty, "page": product_page_of(row.product, gtin, duty.store), "units": basket.units}
    return render(request, "instore/visits/product.html", facts)


def product_page_of(product: Product, gtin: str, store: Store) -> ProductPage:
    """The same few queries however many stores there are."""
    found = places(products=[product.pk])
    mine = next((place for place in found if place.code == store.partner.code), None)
    offer = mine.offers.get(product.pk) if mine else None
    words = product_worded(product)
    others = [_stocked(place, product) for place in found if place is not mine and place.available(product.pk)]
    return ProductPage(
        product=product,
        gtin=gtin,
        title=words.title,
        size=words.size,
        colour=words.colour,
        price=offer.price if offer else None,
        currency=offer.currency if offer else "",
        here=Stocked(str(store), offer.available if offer else 0),
        elsewhere=tuple(others),
        shelf=places_in(store, [product]).get(product.pk, ""),
    )


def _stocked(place: Place, product: Product) -> Stocked:
    return Stocked(place.name, place.available(product.pk))
