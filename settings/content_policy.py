"""Two content security policies: a strict one, and a named second one for the back offices.

Oscar's dashboard and Wagtail's admin have inline scripts and styles; nothing that a shopper sees has.
"""

import re
from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponseBase

HEADER = "Content-Security-Policy"
BACK_OFFICE = re.compile(r"^(?:/[a-z]{2})?/(?:dashboard|cms)(?:/|$)")
STRICT: Mapping[str, str] = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-src": "'none'",
    "frame-ancestors": "'self'",
}
INLINE_ALLOWED: Mapping[str, str] = {
    **STRICT,
    "script-src": "'self' 'unsafe-inline'",
    "style-src": "'self' 'unsafe-inline'",
    "frame-src": "'self'",
    "base-uri": "'self'",
}


def header(policy: Mapping[str, str]) -> str:
    """The policy as one header line."""
    return "; ".join(f"{directive} {sources}" for directive, sources in policy.items())


STRICT_HEADER, INLINE_ALLOWED_HEADER = header(STRICT), header(INLINE_ALLOWED)


class ContentPolicy:
    """Put the path's policy on every answer that has none of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        policy = INLINE_ALLOWED_HEADER if BACK_OFFICE.match(request.path) else STRICT_HEADER
        response.headers.setdefault(HEADER, policy)
        return response
