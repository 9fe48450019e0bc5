"""The page of one's sizes, for members and guests, and the one tap on a product's page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from instore.customers.why import why_words
from instore.stores.known import stores_for
from omni_sync.people.remembered import member
from omni_sync.people.sizes.mine import own_worn
from omni_sync.people.sizes.somebody import shop_for_somebody_else, shops_for_somebody_else
from omni_sync.people.sizes.wearing import Worn
from shop.storefront.back import way_back
from shop.storefront.catalogue import shelves
from shop.storefront.memory import edition_of
from shop.storefront.size_form import SizesForm, all_sizes, one_size, sizes_form
from shop.storefront.sizes import keep_size_of, keep_sizes, own_sizes

WRONG = 422


@dataclass(frozen=True, slots=True)
class OtherSize:
    """A size that is worn in goods of one shelf only, maybe of one brand there, how we know, and all that there are."""

    worn: Worn
    shelf: str
    why: str
    sizes: tuple[str, ...]


@require_http_methods(["GET", "HEAD", "POST"])
def sizes(request: HttpRequest) -> HttpResponse:
    """All of one's sizes in one form.

    A POST with ``size_system`` and ``size`` says that one only; an empty ``size`` forgets it.
    """
    if request.method == "POST":
        return _tell(request)
    here = _address(request)
    if request.path != here:
        return redirect(here)
    return _page(request, sizes_form(request, own_sizes(request)))


@require_POST
def for_somebody_else(request: HttpRequest) -> HttpResponse:
    """This visit is for somebody else, or, with an empty ``for``, for the shopper again."""
    is_so = bool(request.POST.get("for"))
    shop_for_somebody_else(request, is_so=is_so)
    if is_so:
        messages.success(request, gettext("You are shopping for somebody else. Your own sizes wait here for you."))
    else:
        messages.success(request, gettext("You are shopping for yourself again."))
    return HttpResponseRedirect(way_back(request, otherwise=_address(request)))


def _tell(request: HttpRequest) -> HttpResponse:
    told = own_sizes(request)
    system = request.POST.get("size_system", "")
    if request.POST.get("forget") == "all":
        return _forget(request)
    if request.POST.get("category"):
        return _tell_some(request, system)
    if system:
        form = one_size(request, told, size_system=system, size=request.POST.get("size", ""))
    else:
        form = sizes_form(request, told, request.POST.dict())
    if not form.is_valid():
        return _page(request, form, status=WRONG)
    said: dict[str, str] = form.cleaned_data["told"]
    if system:
        said = {system: said[system]} if system in said else {}
    else:  # what stands there because it was learnt goes on being learnt
        said = {system: size for system, size in said.items() if size != told.get(system, "")}
    response = HttpResponseRedirect(way_back(request, otherwise=_address(request)))
    keep_sizes(request, response, said)
    messages.success(request, _words(said) if system else gettext("Your sizes are kept."))
    return response


def _forget(request: HttpRequest) -> HttpResponse:
    response = HttpResponseRedirect(_address(request))
    keep_sizes(request, response, dict.fromkeys([*own_sizes(request), *all_sizes(request)], ""))
    messages.success(request, gettext("Your sizes are forgotten."))
    return response


def _tell_some(request: HttpRequest, system: str) -> HttpResponse:
    """The size of one kind of goods, as a line of the page is sent; an empty one is forgotten."""
    kind = request.POST.get("category"), request.POST.get("brand", ""), system
    known = next((one for one in own_worn(request) if (str(one.category), one.brand, one.size_system) == kind), None)
    size = request.POST.get("size", "")
    if known is not None and known.category and (not size or size in all_sizes(request).get(system, ())):
        keep_size_of(request, size_system=system, size=size, brand=known.brand, category_id=known.category)
        messages.success(request, _words({system: size}))
    return HttpResponseRedirect(_address(request))


def _words(said: dict[str, str]) -> str:
    size = next(iter(said.values()), "")
    if size:
        return gettext("Size %(size)s is yours now.") % {"size": size}
    return gettext("That size is forgotten.")


def _page(request: HttpRequest, form: SizesForm, status: int = 200) -> HttpResponse:
    worn, stores = own_worn(request), stores_for(request)
    whys = {one.size_system: why_words(one, stores) for one in worn if one.category is None}
    context = {
        "form": form,
        "lines": list(form.lines(whys)),
        "others": list(_others(request, worn)),
        "is_member": member(request) is not None,
        "is_for_other": shops_for_somebody_else(request),
        "has_sizes": bool(worn),
    }
    return render(request, "shop/storefront/sizes.html", context, status=status)


def _others(request: HttpRequest, worn: Iterable[Worn]) -> Iterator[OtherSize]:
    """The sizes that are worn in some goods only, in the order of the catalogue."""
    narrow = [one for one in worn if one.category is not None]
    for shelf in shelves(edition_of(request)) if narrow else ():
        for one in narrow:
            if one.category == shelf.pk:
                made = all_sizes(request).get(one.size_system, ())
                yield OtherSize(one, shelf.name, why_words(one, stores_for(request)), made)


def _address(request: HttpRequest) -> str:
    return reverse("shop-sizes") if member(request) is not None else reverse("shop-guest-sizes")
