"""“Is this address yours?”, in the account and behind the letter's link."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext, ngettext
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from omni_sync.design.languages import reader_language
from omni_sync.limits import Limit, caller
from omni_sync.people.masked import masked
from omni_sync.proof.ask import ask
from omni_sync.proof.exceptions import AskedLately, ProvesNothing
from omni_sync.proof.prove import by_code, by_opened, is_proved, opened_before, proof_of

WRONG: Final = 422
#: What this session has opened: the number of a letter.
OPENED: Final = "email_proof_opened"
guesses: Final = Limit("email-proof", most=10, seconds=60)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def page(request: HttpRequest) -> HttpResponse:
    """Whether the address is proved, the letter that proves it, and where its code is typed."""
    if request.method != "POST":
        return _page(request)
    if request.POST.get("do") == "send":
        return _send(request)
    if guesses.refusal(f"account-{request.user.pk}") is not None:
        return _page(request, status=429, wrong=gettext("Too many tries. Wait a minute, then type it once more."))
    try:
        orders = by_code(user=request.user, said=request.POST.get("code", "")[:40])
    except ProvesNothing:
        words = gettext("This is not the code of our last letter, or it is older than a day.")
        return _page(request, status=WRONG, wrong=words)
    messages.success(request, _thanks(orders))
    return redirect(request.path)


@sensitive_variables("token")
@require_safe
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Remember what the link opens, and go where the address says nothing: its form needs a page with a referrer."""
    if guesses.refusal(caller(request)) is not None:
        answer = _shown(request, 429, is_too_often=True)
    else:
        try:
            request.session[OPENED] = proof_of(token).pk
        except ProvesNothing:
            answer = _shown(request, 410, is_gone=True)
        else:
            answer = redirect("email-proof:confirm")
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Looking at it proves nothing: mail scanners look too. The button does."""
    opened = request.session.get(OPENED)
    try:
        if request.method == "POST":
            return _shown(request, thanks=_thanks(by_opened(proof_id=opened)))
        return _shown(request, address=masked("email", opened_before(opened).email))
    except ProvesNothing:
        return _shown(request, 410, is_gone=True)


def _shown(request: HttpRequest, status: int = 200, **facts: Any) -> HttpResponse:
    with translation.override(reader_language(request)):
        answer = render(request, "omni_sync/proof/link.html", facts, status=status)
        answer.headers["Content-Language"] = translation.get_language() or ""
    add_never_cache_headers(answer)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _send(request: HttpRequest) -> HttpResponse:
    try:
        ask(user=request.user, language=translation.get_language() or "")
    except AskedLately:
        messages.info(request, gettext("A letter is on its way already. Look for it among the unwanted ones too."))
    else:
        messages.success(
            request, gettext("We have written to you. Open the link in our letter, or type its code here.")
        )
    return redirect(request.path)


def _page(request: HttpRequest, *, status: int = 200, wrong: str = "") -> HttpResponse:
    facts: dict[str, Any] = {"page_title": gettext("Is this address yours?"), "active_tab": "profile", "wrong": wrong}
    answer = render(
        request, "omni_sync/proof/page.html", {**facts, "is_proved": is_proved(request.user)}, status=status
    )
    add_never_cache_headers(answer)
    return answer


def _thanks(orders: int) -> str:
    if not orders:
        return gettext("Thank you: the address is yours.")
    return ngettext(
        "Thank you: the address is yours, and %(number)s order that you placed as a guest is in your account.",
        "Thank you: the address is yours, and %(number)s orders that you placed as a guest are in your account.",
        orders,
    ) % {"number": orders}
