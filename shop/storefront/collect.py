"""Into the basket, to be collected: a size and the shop it waits at, in one tap."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST
from oscar.core.loading import get_class

from instore.stores.known import known_stores
from omni_sync.carts.exceptions import BasketClosed, DifferentCurrencies
from omni_sync.carts.fulfilment import choose
from omni_sync.oscar.baskets import wait_for_basket
from omni_sync.oscar.models import Partner
from shop.baskets.words import what_changed
from shop.storefront.reviews import public_style


@require_POST
def collect(request: HttpRequest, product_slug: str, pk: str) -> HttpResponse:
    """Let the whole basket be collected at ``store`` and put the product into it: both, or neither."""
    back = public_style(request, int(pk)).url_of(int(pk))
    code = request.POST.get("store", "")
    if code not in known_stores():
        raise Http404
    try:
        return _collect(request, int(pk), code)
    except BasketClosed:
        messages.error(request, gettext("This basket is being ordered in another window. Nothing was changed."))
    except DifferentCurrencies:
        messages.error(request, gettext("Your basket would be in two currencies there. Nothing was changed."))
    return redirect(back)


@transaction.atomic
def _collect(request: Any, pk: int, code: str) -> HttpResponse:
    wait_for_basket(request)
    chosen = choose(basket=request.basket, place=Partner.objects.get(code=code))
    before = request.basket.num_items
    answer: HttpResponse = get_class("basket.views", "BasketAddView").as_view()(request, pk=pk)
    if request.basket.num_items == before:  # Oscar's words say why
        transaction.set_rollback(True)
        return answer
    for words in what_changed(chosen, request):
        messages.info(request, words)
    return answer
