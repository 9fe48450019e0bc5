"""How the shelf's pages are answered: in the reader's language, and without a cookie for who only looks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from kiosk.shelf.visit import asked_in, language_in
from omni_sync.design.languages import reader_language

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
ASKED_FROM: Final = "Sec-Fetch-Site"


def for_shoppers(view: View[P]) -> View[P]:
    """A page of a shelf: in the language its address says, else the reader's; what it says is true only now."""

    @wraps(view)
    def spoken(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        with translation.override(_language(request)):
            answer = view(request, *args, **kwargs)
            answer.headers["Content-Language"] = translation.get_language() or ""
        answer.headers["X-Robots-Tag"] = "noindex"
        patch_cache_control(answer, private=True, no_cache=True)
        patch_vary_headers(answer, ["Accept-Language", "Cookie"])
        return answer

    return transaction.non_atomic_requests(spoken)


def from_our_page(view: View[P]) -> View[P]:
    """A form that the browser says is of a page of this shop needs no token, so that its page sets no cookie.

    Browsers tell where a form is from, and no page can make them say something else. Of one that does not tell,
    Django's own token is asked for.
    """
    with_token: Any = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        inner: Any = view if is_of_ours(request) else with_token
        answer: HttpResponse = inner(request, *args, **kwargs)
        return answer

    return guarded


def is_of_ours(request: HttpRequest) -> bool:
    """Whether the browser vouches that a page of this very origin sent ``request``."""
    asked_from = request.headers.get(ASKED_FROM)
    if asked_from is not None:
        return asked_from == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _language(request: HttpRequest) -> str:
    return language_in(asked_in(request)) or reader_language(request)
