"""The account's pages, at Oscar's addresses and found before Oscar's.

Pages are linked by Oscar's names; their own say where a page is in another language.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.urls import path, re_path
from django.views.decorators.cache import never_cache

from shop.storefront.account import home, orders, signing

NUMBER_AND_HASH = r"(?P<order_number>[\w-]*)/(?P<hash>[A-z0-9-_=:]+)/$"


def members(view: Callable[..., Any]) -> Callable[..., Any]:
    """For who is signed in; nothing of it stays in the browser for whoever sits there next."""
    wrapped: Callable[..., Any] = never_cache(login_required(view))
    return wrapped


urlpatterns = [
    path("", members(home.home), name="shop-account"),
    path("login/", signing.SignIn.as_view(), name="shop-sign-in"),
    path("register/", signing.Register.as_view(), name="shop-register"),
    path("logout/", signing.sign_out, name="shop-sign-out"),
    path("orders/", members(orders.orders), name="shop-orders"),
    path("orders/<str:order_number>/", members(orders.OrderPage.as_view()), name="shop-order"),
    path("orders/<str:order_number>/<int:line_id>/", members(orders.OrderLinePage.as_view()), name="shop-order-line"),
    re_path(rf"^order-status/{NUMBER_AND_HASH}", orders.GuestsOrderPage.as_view(), name="shop-guests-order"),
]
