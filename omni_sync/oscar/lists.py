"""Oscar's page for a list that somebody else showed. Its address has 31 bits: anybody could try them all."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse


class NamedOnly:
    """Over ``WishListView``: a list for its owner and the people it names, once they signed in; nobody else's.

    For everybody there is a link of ours. Who is not signed in is not even told whether there is such a list.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        wishlist = self.get_object()  # type: ignore[attr-defined]
        named = wishlist.visibility == wishlist.SHARED and wishlist.is_allowed_to_see(request.user)
        if wishlist.owner_id != request.user.pk and not named:
            raise Http404
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer
