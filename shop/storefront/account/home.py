"""The front page of an account: what is going on, and the ways to everything else."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from oscar.core.loading import get_model

from omni_sync.oscar.models import ProductAlert
from shop.storefront.account.bought import Bought, bought, orders_of
from shop.storefront.memory import edition_of


@dataclass(frozen=True, slots=True)
class Overview:
    """The latest order, and how many of the rest there are."""

    latest: Bought | None
    lists: int
    alerts: int
    addresses: int


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Five queries beside the page's own."""
    latest = bought(orders_of(request.user)[:1], edition=edition_of(request))
    overview = Overview(
        latest=latest[0] if latest else None,
        lists=get_model("wishlists", "WishList").objects.filter(owner=request.user).count(),
        alerts=ProductAlert.objects.filter(user=request.user, status=ProductAlert.ACTIVE).count(),
        addresses=get_model("address", "UserAddress").objects.filter(user=request.user).count(),
    )
    return render(request, "shop/account/home.html", {"overview": overview, "active_tab": "home"})
