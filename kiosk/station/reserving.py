"""What another shop has is put aside there: an order like any other, paid where it is collected."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from instore.stores.known import stores_for
from instore.stores.models import Store
from kiosk.station.door import Here, in_visit
from kiosk.station.goods import Elsewhere, Shown, product_at, shown
from kiosk.station.models import Reserved
from kiosk.station.nonces import is_nonce, new_nonce
from kiosk.station.views import page
from omni_sync.carts.put import NotToBeHad
from omni_sync.columns import could_be
from omni_sync.limits import Limit
from omni_sync.oscar.models import Order, Product
from omni_sync.oscar.refusals import UnableToPlaceOrder
from omni_sync.oscar.theirs import order_at_place

LONGEST_CODE: Final = 128
reservations: Final = Limit("kiosk-reservations", most=20, seconds=3600)  # of a kiosk


class Shopper(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=100)
    email = forms.EmailField(label=_("Your e-mail address"), max_length=254)


@sensitive_post_parameters("name", "email")
@require_http_methods(["GET", "HEAD", "POST"])
@in_visit
def reserve(request: HttpRequest, here: Here, pk: int, code: str) -> HttpResponse:
    """Who collects it; posted, it is put aside and a letter brings the code. The kiosk keeps neither."""
    product = product_at(pk=pk)
    facts = shown(product, here=here, sizes={}) if product else None
    place = next((one for one in facts.elsewhere if one.code == code), None) if facts else None
    store = _store(code)
    if product is None or facts is None or facts.chosen is None or store is None:
        return page(request, here, "kiosk/nothing.html", status=404)
    if place is None and request.method != "POST":
        return page(request, here, "kiosk/nothing.html", status=404)
    form = Shopper(request.POST if request.method == "POST" else None)
    nonce = request.POST.get("nonce", "")
    if request.method != "POST" or not form.is_valid() or not is_nonce(nonce):
        return _asking(request, here, facts, place, store, form, status=422 if request.method == "POST" else 200)
    if reservations.refusal(str(here.device.pk)) is not None:
        words = gettext("Too many were reserved from here. Please ask us.")
        return _asking(request, here, facts, place, store, form, status=429, wrong=words)
    try:
        put_aside(product=product, store=store, key=nonce, **form.cleaned_data)
    except (NotToBeHad, UnableToPlaceOrder):
        words = gettext("Somebody was faster: there is none left to reserve. Nothing was done.")
        return _asking(request, here, facts, place, store, form, status=409, wrong=words)
    told = {"shown": facts, "store": stores_for(request).get(code, store), "place": place}
    return page(request, here, "kiosk/reserved.html", told)


def _store(code: str) -> Store | None:
    if not could_be(code, LONGEST_CODE):
        return None
    return Store.objects.public().filter(partner__code=code).select_related("partner__location").first()


def put_aside(*, product: Product, store: Store, name: str, email: str, key: str) -> Order:
    """One of ``product`` for who is called so, at ``store``, paid there; the same ``key`` again is the same order.

    Of two at once with one key the second waits for the first. Raises NotToBeHad and UnableToPlaceOrder.
    """
    with transaction.atomic(durable=True):
        _take_turn(key)
        before = Reserved.objects.select_related("order").filter(key=key).first()
        if before is not None:
            return before.order
        asked = {"name": name, "email": email, "language": get_language() or ""}
        order = order_at_place(user=None, email=email, product=product, place=store.partner, asked=asked)
        Reserved.objects.create(key=key, order=order)
        return order


def _take_turn(key: str) -> None:
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"kiosk-reserve-{key}"])


def _asking(
    request: HttpRequest, here: Here, facts: Shown, place: Elsewhere | None, store: Store, form: Shopper, *,
    status: int, wrong: str = "",
) -> HttpResponse:  # fmt: skip
    told: dict[str, Any] = {"shown": facts, "place": place, "store": store, "form": form, "wrong": wrong}
    return page(request, here, "kiosk/reserve.html", {**told, "nonce": new_nonce()}, status=status)
