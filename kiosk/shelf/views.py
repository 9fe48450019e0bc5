"""What was scanned, and what a shopper does about it. Looking stores nothing, neither here nor in the browser."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from instore.lists.keeping import keep_here
from instore.stores.known import stores_for
from kiosk.shelf.compare import compare_url
from kiosk.shelf.door import for_shoppers, from_our_page
from kiosk.shelf.exceptions import UnknownGoods
from kiosk.shelf.goods import Goods, Item, goods_of
from kiosk.shelf.once import once
from kiosk.shelf.opinions import NONE, opinions_of
from kiosk.shelf.page import shelf_page
from kiosk.shelf.read import to_read
from kiosk.shelf.take import take
from kiosk.shelf.visit import Visit, numbers, visit_of
from kiosk.shelf.words import changed_words, name_of, refused_words, taken_words
from omni_sync.carts.exceptions import BasketClosed, DifferentCurrencies
from omni_sync.carts.put import NotToBeHad
from omni_sync.lists.add import add_to_list
from omni_sync.lists.anonymous import Want
from omni_sync.oscar.models import Partner
from omni_sync.people.sizes.mine import my_worn

Form = Callable[[HttpRequest, Goods, Item, Visit], HttpResponse]


@require_safe
@for_shoppers
def product(request: HttpRequest, gtin: str) -> HttpResponse:
    """What was scanned: a size, or a style where its own number was."""
    visit = visit_of(request)
    known = next(iter(numbers([gtin])), "")
    try:
        goods = goods_of(known, store=visit.store.code if visit.store else "")
    except UnknownGoods:
        return unknown(request, gtin, visit)
    if known != gtin:
        return redirect(visit.page_of(known))
    page = shelf_page(goods, visit=visit, now=timezone.now(), wears=my_worn(request), stores=stores_for(request))
    opinions = opinions_of([goods.pk]).get(goods.pk, NONE) if goods.is_rated else NONE
    facts = {
        "page": page,
        "visit": visit,
        "opinions": opinions,
        "to_read": to_read({goods.pk, (page.chosen or goods).pk}),
        "shops": sorted(stores_for(request).values(), key=lambda shop: shop.name),
        "compare": compare_url([known, *visit.beside], visit),
    }
    return render(request, "kiosk/shelf/product.html", facts)


def unknown(request: HttpRequest, said: str, visit: Visit) -> HttpResponse:
    """Nothing we show has this number."""
    return render(request, "kiosk/shelf/unknown.html", {"said": said, "visit": visit}, status=404)


def form_of(form: Form) -> Callable[..., HttpResponse]:
    """A form on the page of one size; who comes to its address in another way is shown the page."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @from_our_page
    @for_shoppers
    @wraps(form)
    def posted(request: HttpRequest, gtin: str) -> HttpResponse:
        visit = visit_of(request)
        try:
            goods = goods_of(gtin)
        except UnknownGoods:
            return unknown(request, gtin, visit)
        if request.method != "POST" or goods.named is None:
            return redirect(visit.page_of(gtin))
        return form(request, goods, goods.named, visit)

    return posted


@form_of
def to_basket(request: HttpRequest, goods: Goods, item: Item, visit: Visit) -> HttpResponse:
    """One of it into the basket, to be collected ``at`` a store; without one, to be sent."""
    place = _place(request, request.POST.get("at", ""))
    title = name_of(goods, item)
    try:
        with once(request.POST.get("nonce", "")) as is_first:
            chosen = take(request=request, product_id=item.pk, place=place) if is_first else None
    except (NotToBeHad, BasketClosed, DifferentCurrencies) as refused:
        messages.error(request, refused_words(title, refused, str(place or "")))
    else:
        if chosen is not None:
            messages.success(request, taken_words(title, chosen))
            for words in changed_words(chosen):
                messages.info(request, words)
    return redirect(visit.page_of(goods.gtin))


@form_of
def to_list(request: HttpRequest, goods: Goods, item: Item, visit: Visit) -> HttpResponse:
    """Onto the member's own list, else onto the one that this browser keeps; said again, nothing is doubled."""
    title = name_of(goods, item)
    if request.user.is_authenticated:
        user: Any = request.user
        add_to_list(user_id=user.pk, product_id=item.pk)
        words = gettext("%(title)s is on your list.")
    else:
        keep_here(request, [Want(item.pk)])
        words = gettext("%(title)s is on the list in this browser.")
    messages.success(request, words % {"title": title})
    return redirect(visit.page_of(goods.gtin))


def _place(request: HttpRequest, code: str) -> Partner | None:
    if not code:
        return None
    if code not in stores_for(request):
        raise Http404
    return Partner.objects.get(code=code)
