"""What the person behind a request is promised already: their own hold counts as available to them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import CharField, Q, Sum
from django.db.models.functions import Cast

from omni_sync.carts.models import Fulfilment
from omni_sync.oscar.models import Basket
from omni_sync.stock.models import Hold


def own_holds(request: Any) -> Counter[int]:
    """Units promised to the shopper's own baskets, by stock record id; one query, none for a stranger."""
    whose = own_baskets(request)
    if not whose:
        return Counter()
    holds = Hold.objects.open().filter(whose, holder_kind=Hold.BASKET)
    return Counter(dict(holds.order_by().values_list("stockrecord_id").annotate(Sum("quantity"))))


def own_choice(request: Any) -> Fulfilment:
    """What the shopper chose for the open basket, without loading it; one query, none for somebody without any."""
    loaded = getattr(request, "_basket_cache", None)
    known: Fulfilment | None = getattr(loaded, "_fulfilment", None)
    if known is not None:
        return known
    user = getattr(request, "user", None)
    rows = Fulfilment.objects.select_related("partner").filter(basket__status=Basket.OPEN)
    if loaded is not None:
        found = rows.filter(basket=loaded.pk).first() if loaded.pk else None
        loaded._fulfilment = found or Fulfilment()
    elif user is not None and user.is_authenticated:
        found = rows.filter(basket__owner=user).order_by("basket").first()
    else:
        key = _cookie_key(request)
        found = rows.filter(basket=key, basket__owner=None).first() if key else None
    return found or Fulfilment()


def own_baskets(request: Any) -> Q | None:
    """A filter on Hold: baskets of this browser, and of this account on any device, being filled or being paid."""
    keys = _keys_of_browser(request)
    whose = Q(holder__in=keys) if keys else None
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        unfinished = Basket.objects.filter(owner_id=user.pk, status__in=[Basket.OPEN, Basket.FROZEN])
        account = Q(holder__in=unfinished.values_list(Cast("pk", CharField())))
        whose = whose | account if whose else account
    return whose


def _keys_of_browser(request: Any) -> set[str]:
    """Keys of the baskets in the cookie, in this request and in the checkout that is going on."""
    loaded = getattr(request, "_basket_cache", None)
    keys = {_cookie_key(request), _submitted_key(request), str(loaded.pk) if loaded and loaded.pk else ""}
    return keys - {""}


def _cookie_key(request: Any) -> str:
    try:
        return Signer().unsign(request.COOKIES.get(settings.OSCAR_BASKET_COOKIE_OPEN, ""))  # type: ignore[misc]
    except BadSignature:
        return ""


def _submitted_key(request: Any) -> str:
    # Read as it lies there: Oscar's CheckoutSessionData would write into the session of everybody who looks at a page.
    session = getattr(request, "session", None)
    checkout = session.get("checkout_data", {}) if session is not None else {}
    return str(checkout.get("submission", {}).get("basket_id") or "")
