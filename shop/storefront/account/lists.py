"""The pages of somebody's lists. What changes a list is a form; a link only ever shows."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from oscar.apps.customer.wishlists.views import (
    WishListAddProduct,
    WishListDeleteView,
    WishListDetailView,
    WishListMoveProductToAnotherWishList,
    WishListRemoveProduct,
)
from oscar.core.loading import get_model

from instore.lists.shown import member_lines, things
from instore.stores.chosen import chosen
from omni_sync.lists.live import list_topic, tell_list
from shop.storefront.account.list_form import ListForm
from shop.storefront.account.wishes import list_cards, lists_of
from shop.storefront.memory import edition_of

WishList = get_model("wishlists", "WishList")
TAB = "wishlists"


@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Every list of this account: two queries beside the page's own."""
    cards = list_cards(list(lists_of(request.user)), edition=edition_of(request))
    return render(request, "oscar/customer/wishlists/wishlists_list.html", {"cards": cards, "active_tab": TAB})


class ListPage(WishListDetailView):
    """One list for its owner; a POST of its quantities keeps them, none takes the thing off."""

    def get_wishlist_or_404(self, key: str, user: Any) -> Any:
        if not user.is_authenticated:
            raise Http404
        return get_object_or_404(WishList, key=key, owner=user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:  # whether there is such a list or not
            return redirect_to_login(request.get_full_path())
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "queryset": self.object.lines.order_by("pk")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        forms = {form.instance.pk: form for form in context["form"].forms}
        rows = things(member_lines(self.object), mine=chosen(self.request))
        return {
            **context,
            "rows": [(thing, forms[thing.pk]) for thing in rows if thing.pk in forms],
            "topics": [list_topic(self.object.pk)],
            "people": self.object.shared_emails.count() if self.object.visibility == WishList.SHARED else 0,
        }


@require_http_methods(["GET", "HEAD", "POST"])
def new_list(request: HttpRequest, product_pk: int | None = None) -> HttpResponse:
    """Name a new list; with a product, that is the first thing on it."""
    product = _product(product_pk)
    form = ListForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        made = form.save()
        if product is not None:
            made.add(product)
        messages.success(request, _("Your list is there."))
        return redirect("customer:wishlists-detail", key=made.key)
    context = {"form": form, "product": product, "active_tab": TAB}
    return render(request, "oscar/customer/wishlists/wishlists_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_list(request: HttpRequest, key: str) -> HttpResponse:
    """Another name, or others who may see it."""
    found = get_object_or_404(WishList, key=key, owner=request.user)
    form = ListForm(request.POST or None, user=request.user, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your list is saved."))
        return redirect("customer:wishlists-detail", key=key)
    context = {"form": form, "wishlist": found, "active_tab": TAB}
    return render(request, "oscar/customer/wishlists/wishlists_form.html", context)


class AddToList(WishListAddProduct):
    """A POST puts the product on a list; a link, or coming back from signing in, asks on which."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return _which_list(request, kwargs["product_pk"])
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response


def _which_list(request: HttpRequest, product_pk: int) -> HttpResponse:
    context = {"product": _product(product_pk), "lists": lists_of(request.user), "active_tab": TAB}
    return render(request, "shop/account/which_list.html", context)


class MoveToList(WishListMoveProductToAnotherWishList):
    """From one list to another of the same person: only ever POSTed to."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What Oscar does on a GET."""
        response: HttpResponse = self.get(request, *args, **kwargs)
        tell_list(self.wishlist.pk)  # where it was: where it is now is told by itself
        return response


RemoveFromList = WishListRemoveProduct
DeleteList = WishListDeleteView


@require_safe
def named_list(request: HttpRequest, key: str) -> HttpResponse:
    """A list for its owner and the people named on it, once they signed in; for anybody else there is none."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    found = get_object_or_404(WishList.objects.select_related("owner"), key=key)
    if found.owner_id != request.user.pk and not _names(found, request.user):
        raise Http404
    lines = member_lines(found).filter(product__isnull=False)
    facts = {"wishlist": found, "rows": things(lines, mine=chosen(request))}
    response = render(request, "oscar/wishlists/wishlist_detail.html", facts)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


def _names(wishlist: Any, user: Any) -> bool:
    named: bool = wishlist.shared_emails.filter(email__iexact=user.email).exists()
    return wishlist.visibility == WishList.SHARED and named


def _product(pk: int | None) -> Any:
    return None if pk is None else get_object_or_404(get_model("catalogue", "Product"), pk=pk, is_public=True)
