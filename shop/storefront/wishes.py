"""Onto the list for later: one tap for members; guests sign in first and come back to what they wished for."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods
from oscar.core.loading import get_model

from omni_sync.lists.add import add_to_list
from shop.storefront.reviews import public_style
from shop.storefront.style import Style

WISH: Final = "wished_for"


@require_http_methods(["GET", "HEAD", "POST"])
def wish(request: HttpRequest, product_slug: str, pk: str) -> HttpResponse:
    """Put a style or one of its sizes onto the member's list.

    A guest's POST is kept in the session over signing in; a GET without one, as from a foreign link, changes nothing.
    """
    style = public_style(request, int(pk))
    back = redirect(style.url_of(int(pk)))
    if request.method != "POST" and request.session.get(WISH) != int(pk):
        return back
    if not request.user.is_authenticated:
        request.session[WISH] = int(pk)
        return redirect_to_login(request.path)
    request.session.pop(WISH, None)
    if _add(request.user, int(pk)):
        messages.success(request, gettext("%(title)s is on your list now.") % {"title": _title(style, int(pk))})
    else:
        messages.info(request, gettext("%(title)s is on your list already.") % {"title": _title(style, int(pk))})
    return back


def _add(user: Any, product: int) -> bool:
    """Whether it was not on any of the member's lists before."""
    if get_model("wishlists", "Line").objects.filter(wishlist__owner=user, product=product).exists():
        return False
    add_to_list(user_id=user.pk, product_id=product)
    return True


def _title(style: Style, pk: int) -> str:
    item = style.item(pk)
    return f"{style.title}, {item.size}" if item and item.size else style.title
