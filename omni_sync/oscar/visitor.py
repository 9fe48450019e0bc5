"""A basket whose shopper holds no device of the shop: a device of ours shows it, or a member of staff fills it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from oscar.core.loading import get_class

from omni_sync.oscar.models import Basket


def behind(basket: Any, user: Any) -> None:
    """Let ``basket`` be asked for as by the shopper themselves: where they chose, with what they are promised."""
    request: Any = HttpRequest()
    request.user, request.session, request._basket_cache = user, {}, basket
    request.basket = basket
    basket.strategy = get_class("partner.strategy", "Selector")().strategy(request=request, user=user)


def visitors_basket(pk: int | None) -> Any:
    """The open basket with this number that is nobody's account's, else a new one that is not saved; able to price."""
    known = Basket.open.filter(pk=pk, owner=None).first() if pk else None
    basket: Any = known or Basket()
    behind(basket, AnonymousUser())
    return basket
