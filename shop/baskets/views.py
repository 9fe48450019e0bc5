"""The basket: Oscar's page with our words, and the choice where it comes from."""

from typing import Any, Final

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST
from oscar.core.loading import get_class

from instore.stores.known import known_stores
from omni_sync.carts.exceptions import BasketClosed, DifferentCurrencies
from omni_sync.carts.fulfilment import Chosen, choose
from omni_sync.oscar.baskets import wait_for_basket
from omni_sync.oscar.models import Partner
from shop.baskets.page import basket_page
from shop.baskets.words import what_changed

DELIVER: Final = "deliver"

BasketView: Any = get_class("basket.views", "BasketView")


class Basket(BasketView):  # type: ignore[misc]  # Oscar's class is known at run time only
    """Oscar's view; htmx is answered with the part that changes."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        saved = context["saved_formset"].queryset if "saved_formset" in context else []
        context["page"] = basket_page(self.request, forms=context["formset"].forms, saved=list(saved))
        context["is_part"] = self.is_part
        return context

    def get_upsell_messages(self, basket: Any) -> list[Any]:
        return []  # not shown, and two queries and more

    def get_default_shipping_address(self) -> None:
        """None: every parcel costs the same."""

    def get_template_names(self) -> list[str]:
        return ["oscar/basket/partials/basket_content.html" if self.is_part else "oscar/basket/basket.html"]

    @property
    def is_part(self) -> bool:
        return bool(self.request.headers.get("HX-Request"))


@require_POST
def choose_place(request: HttpRequest) -> HttpResponse:
    """Deliver, or the code of a public store; ``next=checkout`` goes on where nothing stands in the way."""
    code = request.POST.get("place", "")
    if code != DELIVER and code not in known_stores():
        messages.error(request, gettext("That shop is not one of ours. Please choose another."))
        return redirect("basket:summary")
    chosen = _choose(request, None if code == DELIVER else Partner.objects.get(code=code))
    if chosen is None:
        return redirect("basket:summary")
    for words in what_changed(chosen, request):
        messages.info(request, words)
    goes_on = request.POST.get("next") == "checkout" and not chosen.stays and all(each.fits for each in chosen.moved)
    return redirect("checkout:index" if goes_on else "basket:summary")


def _choose(request: HttpRequest, place: Partner | None) -> Chosen | None:
    try:
        with transaction.atomic():
            wait_for_basket(request)
            return choose(basket=request.basket, place=place)  # type: ignore[attr-defined]  # set by the middleware
    except BasketClosed:
        messages.error(request, gettext("This basket is being ordered in another window. Nothing was changed."))
    except DifferentCurrencies:
        messages.error(request, gettext("Your basket would be in two currencies there. Nothing was changed."))
    return None
