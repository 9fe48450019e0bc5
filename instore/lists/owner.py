"""The link to a list: its owner makes it and ends it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from omni_sync.lists.share import revoke, share
from omni_sync.oscar.models import WishList


@require_POST
@login_required
def share_list(request: HttpRequest, key: str) -> HttpResponse:
    """Make the link, or find the one there is."""
    share(wishlist_id=_own(request, key).pk)
    messages.success(request, gettext("Here is the link. Whoever has it can see the list, until you end it."))
    return redirect("customer:wishlists-detail", key=key)


@require_POST
@login_required
def end_link(request: HttpRequest, key: str) -> HttpResponse:
    """From now on the link shows nothing."""
    revoke(wishlist_id=_own(request, key).pk)
    messages.success(request, gettext("The link shows nothing any more."))
    return redirect("customer:wishlists-detail", key=key)


def _own(request: HttpRequest, key: str) -> WishList:
    return get_object_or_404(WishList, key=key, owner=request.user)
