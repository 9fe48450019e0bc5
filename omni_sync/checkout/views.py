"""The way back from the provider's page. Whoever knows an address sees how far it is; only its shopper changes it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from omni_sync import conf
from omni_sync.checkout.confirm import confirm
from omni_sync.checkout.models import Intended
from omni_sync.checkout.settle import give_up, settle
from omni_sync.checkout.words import why_not
from omni_sync.oscar.returning import Return
from omni_sync.payments.models import Payment
from omni_sync.payments.reconcile import look

AGAIN: Final = "5"  # seconds until a page that waits looks again
Why = Intended.Why
Page = Callable[[HttpRequest, str], HttpResponse]


def in_its_language(view: Page) -> Page:
    """The provider sends everybody back to one address: the page speaks as the one they left did."""

    @wraps(view)
    def speaking(request: HttpRequest, key: str) -> HttpResponse:
        language = get_object_or_404(Intended, key=key).language or translation.get_language()
        with translation.override(language):
            response = view(request, key)
        if language:
            response.headers.setdefault("Content-Language", language)
        return response

    return speaking


@never_cache
@require_GET
@in_its_language
def paid(request: HttpRequest, key: str) -> HttpResponse:
    """The provider says it was paid: it is asked, and the order placed, whatever its events do meanwhile."""
    intended = _settled(key)
    if not intended.is_open:
        return _over(request, intended)
    response = render(request, "omni_sync/checkout/waiting.html", _context(intended))
    response.headers["Refresh"] = AGAIN
    return response


@never_cache
@require_GET
@in_its_language
def back(request: HttpRequest, key: str) -> HttpResponse:
    """The shopper thought better of it: the basket is open again and the payment let go of, unless it was paid."""
    intended = _settled(key)
    if intended.is_open and Return(request).is_of(intended):
        intended = give_up(key=key, why=Why.BACK)
    return unfinished(request, key) if intended.is_open else _over(request, intended)


@never_cache
@require_GET
@in_its_language
def unfinished(request: HttpRequest, key: str) -> HttpResponse:
    """An order that waits for its money, with the ways on and back; where it is over, what became of it."""
    intended = get_object_or_404(Intended, key=key)
    if not intended.is_open:
        return _over(request, intended)
    return render(request, "omni_sync/checkout/unfinished.html", _context(intended))


def _settled(key: str) -> Intended:
    """As far as the provider can say now."""
    intended = get_object_or_404(Intended, key=key)
    payment = Payment.objects.filter(key=key, state=Payment.State.OPEN).first()
    if intended.is_open and payment is not None:
        look(payment)
    return settle(key=key)


def _context(intended: Intended) -> dict[str, object]:
    payment = Payment.objects.filter(key=intended.key, state=Payment.State.OPEN).first()
    return {"intended": intended, "url": payment.url if payment else "", "is_test_money": conf.is_test_money()}


def _over(request: HttpRequest, intended: Intended) -> HttpResponse:
    mine = Return(request)
    confirm(intended=intended)
    if intended.is_placed:
        if not mine.is_of(intended):
            messages.info(request, gettext("Your order is with us. We have written to you."))
            return redirect("basket:summary")
        mine.thank(intended.order)
        return redirect("checkout:thank-you")
    if mine.is_of(intended):
        mine.reopen(intended)
    if intended.why == Why.BACK:
        return redirect("checkout:preview")
    messages.warning(request, why_not(Why(intended.why)))
    return redirect("basket:summary")
