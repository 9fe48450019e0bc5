"""The page of one's sizes, for members and guests, and the one tap on a product's page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from omni_sync.people.remembered import member
from shop.storefront.back import way_back
from shop.storefront.size_form import SizesForm, one_size, sizes_form
from shop.storefront.sizes import keep_sizes, my_sizes

WRONG = 422


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
    return _page(request, sizes_form(request, my_sizes(request)))


def _tell(request: HttpRequest) -> HttpResponse:
    told = my_sizes(request)
    system = request.POST.get("size_system", "")
    if request.POST.get("forget") == "all":
        return _forget(request)
    if system:
        form = one_size(request, told, size_system=system, size=request.POST.get("size", ""))
    else:
        form = sizes_form(request, told, request.POST.dict())
    if not form.is_valid():
        return _page(request, form, status=WRONG)
    said: dict[str, str] = form.cleaned_data["told"]
    if system:
        said = {system: said[system]} if system in said else {}
    response = HttpResponseRedirect(way_back(request, otherwise=_address(request)))
    keep_sizes(request, response, said)
    messages.success(request, _words(said) if system else gettext("Your sizes are kept."))
    return response


def _forget(request: HttpRequest) -> HttpResponse:
    response = HttpResponseRedirect(_address(request))
    keep_sizes(request, response, dict.fromkeys(my_sizes(request), ""))
    messages.success(request, gettext("Your sizes are forgotten."))
    return response


def _words(said: dict[str, str]) -> str:
    size = next(iter(said.values()), "")
    if size:
        return gettext("Size %(size)s is yours now.") % {"size": size}
    return gettext("That size is forgotten.")


def _page(request: HttpRequest, form: SizesForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "lines": list(form.lines()), "is_member": member(request) is not None}
    context["has_sizes"] = bool(my_sizes(request))
    return render(request, "shop/storefront/sizes.html", context, status=status)


def _address(request: HttpRequest) -> str:
    return reverse("shop-sizes") if member(request) is not None else reverse("shop-guest-sizes")
