from typing import Any
from urllib.parse import unquote, urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.views import serve

from instore.stores.chosen import choose_store, chosen, forget_store
from instore.stores.known import stores_for
from omni_sync.people.sizes.mine import my_worn
from omni_sync.people.sizes.somebody import shops_for_somebody_else
from shop.storefront.asked import asked_from
from shop.storefront.back import way_back
from shop.storefront.catalogue import shelf_of
from shop.storefront.colours import colours_of
from shop.storefront.front import front_page
from shop.storefront.json_ld import product_json_ld
from shop.storefront.memory import edition_of
from shop.storefront.opinions import opinions_of
from shop.storefront.parts import part, this_quarter, with_token
from shop.storefront.product import ProductPage, product_page
from shop.storefront.seen import looked_at, note_look
from shop.storefront.stores import store_list, store_page
from shop.storefront.style import style_of
from shop.storefront.way import way_to


def home(request: HttpRequest) -> HttpResponse:
    """Wagtail's front page; Oscar's own redirect to the catalogue would be found first."""
    page = front_page(request)
    answer: HttpResponse = page.serve(request) if page is not None else serve(request, "")
    return answer


@require_safe
def product(request: HttpRequest, product_slug: str, pk: str) -> HttpResponse:
    """A style or one of its sizes, at Oscar's address, with what every store can promise."""
    page = _product_page(request, int(pk))
    here = page.style.url_of(int(pk))
    if unquote(here) != unquote(request.path):
        return HttpResponsePermanentRedirect(here)
    edition = edition_of(request)
    way = way_to(shelf_of(page.style.stands_in, edition), edition)
    opinions = opinions_of(page.style, edition)
    member = request.user.pk if request.user.is_authenticated else None
    context = {
        "page": page,
        "way": way,
        "opinions": opinions,
        "colours": colours_of(page.style.design, edition),
        "is_member": member is not None,
        "has_seen": member is not None or any(pk != page.style.pk for pk in looked_at(request)),
        "json_ld": product_json_ld(page, request, opinions=opinions, way=way),
    }
    response = render(request, "shop/storefront/product.html", context)
    note_look(request, response, product=int(pk), member=member, style=page.style.pk)
    return response


@require_safe
def places(request: HttpRequest, product_slug: str, pk: str) -> HttpResponse:
    """The part of the product page that follows the stock, for a page that is open; others are sent to the page."""
    page = _product_page(request, int(pk))
    if not request.headers.get("HX-Request"):
        return redirect(page.url)
    html = part(
        "shop/storefront/parts/places.html",
        page=page,
        quarter=this_quarter(),
        is_member=request.user.is_authenticated,
    )
    response = HttpResponse(with_token(html, request))
    response.headers["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["HX-Request"])
    return response


def _product_page(request: HttpRequest, pk: int) -> ProductPage:
    style = style_of(pk, edition_of(request))
    if style is None or not (style.is_public or getattr(request.user, "is_staff", False)):
        raise Http404
    shows_all = request.GET.get("stores") == "all"
    return product_page(
        style,
        pk,
        mine=chosen(request),
        now=timezone.now(),
        shows_all=shows_all,
        wears=my_worn(request),
        stores=stores_for(request),
        is_for_other=shops_for_somebody_else(request),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def stores(request: HttpRequest) -> HttpResponse:
    """All stores, nearest first where a place or a position is asked from.

    A POST of one's code makes it the shopper's own, one without a code takes that back.
    """
    if request.method == "POST":
        return _choose(request)
    asked = asked_from(request)
    page = store_list(request, edition_of(request), asked.point)
    back = way_back(request, otherwise="")
    keys = asked.keys | ({"next": back} if back else {})
    context = {"page": page, "asked": asked, "next": back, "keys": f"{urlencode(keys)}&" if keys else ""}
    return render(request, "shop/storefront/stores.html", context)


def _choose(request: HttpRequest) -> HttpResponse:
    response = HttpResponseRedirect(way_back(request, otherwise=reverse("shop-stores")))
    code = request.POST.get("store", "")
    if code:
        choose_store(request, response, code)
    else:
        forget_store(request, response)
    return response


@require_safe
def store(request: HttpRequest, code: str) -> HttpResponse:
    found = stores_for(request).get(code)
    if found is None:
        raise Http404
    page: Any = store_page(found, request, edition_of(request))
    return render(request, "shop/storefront/store.html", {"page": page})
