"""The token by which a device is known: a cookie there, a SHA-256 here."""

import hashlib
import secrets
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

COOKIE: Final = "lintas_device"
KEPT: Final = 400 * 24 * 60 * 60  # seconds; browsers keep none longer, so each sign-in begins them anew


def new_token() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> bytes:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()


def carried(request: HttpRequest) -> str:
    """The token that the browser carries; empty without one."""
    return request.COOKIES.get(COOKIE, "")


def carry(request: HttpRequest, response: HttpResponseBase, token: str) -> None:
    """Let the browser carry ``token``: for our own pages only, out of reach of scripts."""
    secure = request.is_secure() or settings.SESSION_COOKIE_SECURE
    response.set_cookie(COOKIE, token, max_age=KEPT, secure=secure, httponly=True, samesite="Strict")
