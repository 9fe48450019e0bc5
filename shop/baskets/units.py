"""How many units are in the basket: what the header says of it on every page."""

from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import Sum
from django.http import HttpRequest

from omni_sync.oscar.models import Basket, BasketLine


def units_in_basket(request: HttpRequest) -> int:
    """One light query; none for a visitor without a basket, none on a page that has loaded its lines."""
    loaded: Any = getattr(request, "_basket_cache", None)
    lines = getattr(loaded, "_lines", None)
    if lines is not None and lines._result_cache is not None:
        return sum(line.quantity for line in lines)
    if request.user.is_authenticated:
        return _counted(basket__owner=request.user)
    key = loaded.pk if loaded is not None else _key(request)
    return _counted(basket=key, basket__owner=None) if key else 0


def _counted(**of: Any) -> int:
    lines = BasketLine.objects.filter(basket__status=Basket.OPEN, **of)
    return lines.order_by().aggregate(units=Sum("quantity"))["units"] or 0


def _key(request: HttpRequest) -> str:
    signed = request.COOKIES.get(settings.OSCAR_BASKET_COOKIE_OPEN)  # type: ignore[misc]
    try:
        return Signer().unsign(signed) if signed else ""
    except BadSignature:
        return ""
