"""Pages about one person."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_variables

from omni_sync.design.languages import reader_language

Page = Callable[..., HttpResponse]


def private(page: Page) -> Page:
    """Kept by nobody; in the reader's language where the address names none."""

    @sensitive_variables("token")
    @wraps(page)
    def shown(request: HttpRequest, **kwargs: object) -> HttpResponse:
        match = request.resolver_match
        is_ours = match is None or match.namespace in ("", match.app_name)
        with translation.override(reader_language(request) if is_ours else get_language()):
            response = page(request, **kwargs)
            response.headers["Content-Language"] = translation.get_language() or ""
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return shown


def told_to_nobody(answer: HttpResponse, *, referrer: str = "no-referrer") -> HttpResponse:
    """``answer``, kept by nobody, and its address passed on to nobody: it opens something."""
    answer.headers["Referrer-Policy"] = referrer
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Content-Language"] = translation.get_language() or ""
    return answer
