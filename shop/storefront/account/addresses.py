"""The address book."""

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from oscar.apps.customer.views import AddressCreateView, AddressDeleteView, AddressUpdateView
from oscar.core.loading import get_model

PER_PAGE: Final = 20


@require_safe
def addresses(request: HttpRequest) -> HttpResponse:
    """Every address of this account: two queries beside the page's own."""
    found = get_model("address", "UserAddress").objects.filter(user=request.user).select_related("country")
    page = Paginator(found.order_by("-is_default_for_shipping", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "active_tab": "addresses"}
    return render(request, "oscar/customer/address/address_list.html", context)


class NewAddress(AddressCreateView):
    """A new address, in the country we send most to."""

    def get_initial(self) -> dict[str, Any]:
        countries = get_model("address", "Country").objects.filter(is_shipping_country=True)
        return {**super().get_initial(), "country": countries.order_by("-display_order", "pk").first()}


EditAddress = AddressUpdateView
DeleteAddress = AddressDeleteView


@require_POST
def use_for(request: HttpRequest, pk: str, action: str) -> HttpResponse:
    """Make it the address for parcels, or for bills; we send no parcels to a country we don't deliver to."""
    found = get_model("address", "UserAddress").objects.filter(user=request.user).select_related("country")
    address = get_object_or_404(found, pk=pk)
    if action == "default_for_shipping" and not address.country.is_shipping_country:
        messages.error(request, _("We do not ship to this country"))
    else:
        setattr(address, f"is_{action}", True)
        address.save()
    return redirect("customer:address-list")
