"""The pages of what somebody bought: the list, one order, one order without an account."""

from typing import Any, Final

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from oscar.apps.customer.views import AnonymousOrderDetailView, OrderDetailView, OrderLineView

from omni_sync.oscar.models import Order
from shop.storefront.account.bought import bought, orders_of
from shop.storefront.account.order import order_page
from shop.storefront.memory import edition_of

PER_PAGE: Final = 20
WHOLE: Final = ("sale__store", "shipping_address__country", "billing_address__country")


class FindOrders(forms.Form):
    """Orders by number and day; every field may be left empty."""

    order_number = forms.CharField(label=_("Order number"), required=False, max_length=128)
    date_from = forms.DateField(
        label=_("From this day"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    date_to = forms.DateField(
        label=_("To this day"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def conditions(self) -> dict[str, Any]:
        """What was asked for, as lookups of an order."""
        asked = {
            "number__icontains": self.cleaned_data.get("order_number"),
            "date_placed__date__gte": self.cleaned_data.get("date_from"),
            "date_placed__date__lte": self.cleaned_data.get("date_to"),
        }
        return {lookup: value for lookup, value in asked.items() if value}


@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """Everything this account bought, wherever it was: three queries beside the page's own."""
    is_asked = bool(FindOrders.base_fields.keys() & request.GET.keys())
    form = FindOrders(request.GET if is_asked else None)
    found = orders_of(request.user)
    if is_asked:
        found = found.filter(**form.conditions()) if form.is_valid() else found.none()
    page: Any = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = bought(page.object_list, edition=edition_of(request))
    context = {"page": page, "rows": rows, "form": form, "is_asked": is_asked, "active_tab": "orders"}
    return render(request, "oscar/customer/order/order_list.html", context)


class OrderPage(OrderDetailView):
    """One order of this account, from the web or a till; POSTing ``action=reorder`` puts it into the basket again."""

    def get_object(self, queryset: Any = None) -> Any:
        found = orders_of(self.request.user).select_related(*WHOLE)
        return get_object_or_404(found, number=self.kwargs["order_number"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "whole": order_page(self.object, edition=edition_of(self.request))}

    def get_page_title(self) -> str:
        return str(_("Order %(number)s")) % {"number": self.object.number}


class OrderLinePage(OrderLineView):
    """One line of such an order: only ever POSTed to."""

    http_method_names = ["post"]

    def get_object(self) -> Any:
        order = get_object_or_404(orders_of(self.request.user), number=self.kwargs["order_number"])
        return get_object_or_404(order.lines, pk=self.kwargs["line_id"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """After a form that said nothing."""
        return orders(request)


class GuestsOrderPage(AnonymousOrderDetailView):
    """The order of somebody without an account, who has its link and named the address it was sent to."""

    def get_object(self, queryset: Any = None) -> Any:
        found = super().get_object()
        return found and Order.objects.select_related(*WHOLE).get(pk=found.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "whole": order_page(self.object, edition=edition_of(self.request))}

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().render_to_response(context, **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        return response
