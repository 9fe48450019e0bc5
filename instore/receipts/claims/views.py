"""A receipt's way into an account. Its token is kept in the session, never in an address that somebody logs."""

from __future__ import annotations

from typing import Any, Final

from cryptography.fernet import InvalidToken
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from instore.receipts.claims.asked import claimed, must_wait, token_asked
from instore.receipts.claims.exceptions import NotAToken
from instore.receipts.claims.look import look_at
from instore.receipts.claims.words import REFUSALS, Refusal, refusal_of, too_often
from omni_sync.carts.handoff.answers import private
from omni_sync.seal import seal, unseal

#: What this session wants to add, sealed.
CLAIMING: Final = "receipt_to_claim"


@csrf_exempt
@sensitive_variables("token")
@require_POST
@private
def add(request: HttpRequest, token: str) -> HttpResponse:
    """The button on the receipt: whoever is not signed in is asked to first.

    The receipt tells its address to nobody, so its form can't say where it comes from; the browser itself can.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return redirect("claims:page")
    wait = must_wait(request)
    if wait is not None:
        return _refused(request, too_often(), wait)
    if request.user.is_authenticated:
        answer = _claim(request, token)
    else:
        request.session[CLAIMING] = seal(token).decode()
        answer = redirect("claims:page")
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@private
def page(request: HttpRequest) -> HttpResponse:
    """What will be added, and by whom; posted, it is. Without anything to add, where to say which receipt."""
    if request.method != "POST":
        return _page(request)
    wait = must_wait(request)
    if wait is not None:
        return _refused(request, too_often(), wait)
    token = _kept(request)
    if "code" in request.POST or request.FILES:
        try:
            token = token_asked(request)
        except NotAToken as refused:
            return render(request, _ADD, {"refusal": refusal_of(refused)}, status=422)
        request.session[CLAIMING] = seal(token).decode()
    if not token or not request.user.is_authenticated:
        return redirect("claims:page")
    return _claim(request, token)


_ADD: Final = "instore/receipts/claims/add.html"


def _page(request: HttpRequest) -> HttpResponse:
    token = _kept(request)
    if not token:
        return render(request, _ADD)
    return render(request, "instore/receipts/claims/page.html", {"seen": look_at(token)})


@sensitive_variables("token")
def _claim(request: HttpRequest, token: str) -> HttpResponse:
    request.session.pop(CLAIMING, None)
    try:
        return claimed(request, token)
    except REFUSALS as refused:
        return _refused(request, refusal_of(refused))


def _refused(request: HttpRequest, refusal: Refusal, wait: int = 0) -> HttpResponse:
    answer = render(request, "instore/receipts/claims/refused.html", {"refusal": refusal}, status=refusal.status)
    if wait:
        answer.headers["Retry-After"] = str(wait)
    return answer


def _kept(request: HttpRequest) -> str:
    kept: Any = request.session.get(CLAIMING, "")
    try:
        return unseal(kept.encode()) if kept else ""
    except InvalidToken:
        return ""
