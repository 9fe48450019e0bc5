"""How the pages of a hand-off answer, whatever they say."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_variables

from omni_sync.carts.exceptions import DifferentCurrencies
from omni_sync.carts.handoff.exceptions import Gone
from omni_sync.design.languages import reader_language
from omni_sync.limits import Limit, caller

Page = Callable[..., HttpResponse]


def private(page: Page) -> Page:
    """In the reader's language, kept by nobody, and its address told to nobody."""

    @sensitive_variables("token")
    @wraps(page)
    def shown(request: HttpRequest, **kwargs: str) -> HttpResponse:
        with translation.override(reader_language(request)):
            answer = page(request, **kwargs)
            answer.headers["Content-Language"] = translation.get_language() or ""
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
        return answer

    return shown


def by_link(guesses: Limit) -> Callable[[Page], Page]:
    """What a link opens: whoever guesses waits, and the address, which has the token in it, is told to nobody."""

    def limited(page: Page) -> Page:
        @sensitive_variables("token")
        @wraps(page)
        def opened(request: HttpRequest, token: str) -> HttpResponse:
            wait = guesses.refusal(caller(request))
            if wait is not None:
                return too_often(request, wait)
            answer = page(request, token)
            answer.headers["Referrer-Policy"] = "no-referrer"
            return answer

        return opened

    return limited


def gone(request: HttpRequest, why: Gone) -> HttpResponse:
    return render(
        request, "omni_sync/handoff/gone.html", {"why": why.value}, status=404 if why == Gone.UNKNOWN else 410
    )


def too_often(request: HttpRequest, wait: int) -> HttpResponse:
    """Whoever guesses waits, ``wait`` seconds."""
    answer = render(request, "omni_sync/handoff/too_often.html", status=429)
    answer.headers["Retry-After"] = str(wait)
    return answer


def why_not(refused: Exception) -> str:
    """Why a basket could not be handed over or taken, for its shopper."""
    if isinstance(refused, DifferentCurrencies):
        return gettext("Your basket would be in two currencies there. Nothing was changed.")
    return gettext("This basket is being ordered in another window. Nothing was changed.")


def to_basket(request: HttpRequest, words: str) -> HttpResponse:
    """Say it where the basket is."""
    messages.info(request, words)
    return redirect("basket:summary")
