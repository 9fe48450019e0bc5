"""The link to a list: its owner makes it, sees it again and ends it. What opens it is the plugin's."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from omni_sync.design.qr import qr_svg
from omni_sync.lists.share import revoke, share, token_of
from omni_sync.oscar.models import WishList


@sensitive_variables()
def link_of(request: HttpRequest, wishlist: Any) -> dict[str, str]:
    """``share_link`` and its ``share_qr`` for the page of the owner; empty where there is none."""
    token = token_of(wishlist_id=wishlist.pk)
    link = request.build_absolute_uri(reverse("lists:open", args=[token])) if token else ""
    return {"share_link": link, "share_qr": qr_svg(link) if link else ""}


@require_POST
def share_list(request: HttpRequest, key: str) -> HttpResponse:
    """Make the link, or find the one there is."""
    share(wishlist_id=get_object_or_404(WishList, key=key, owner=request.user).pk)
    messages.success(request, _("Here is the link. Whoever has it can see the list, until you end it."))
    return redirect("customer:wishlists-detail", key=key)


@require_POST
def end_link(request: HttpRequest, key: str) -> HttpResponse:
    """From now on the link shows nothing."""
    revoke(wishlist_id=get_object_or_404(WishList, key=key, owner=request.user).pk)
    messages.success(request, _("The link shows nothing any more."))
    return redirect("customer:wishlists-detail", key=key)
