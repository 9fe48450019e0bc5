"""The shop that somebody calls theirs: a cookie of a year, nothing else is kept."""

import re
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from instore.stores.known import KnownStore, known_stores

COOKIE: Final = "lintas_store"
YEAR: Final = 365 * 24 * 60 * 60
CODE: Final = re.compile(r"[\w.:-]{1,128}")


def chosen_store(request: HttpRequest) -> str:
    """The code of the chosen store; empty where none is chosen, or the one that was is no longer there."""
    store = chosen(request)
    return store.code if store else ""


def chosen(request: HttpRequest) -> KnownStore | None:
    """The chosen store itself: no query while the stores are remembered, none at all without a cookie."""
    known: KnownStore | object | None = getattr(request, "_chosen_store", request)
    if known is request:  # not looked for yet
        code = request.COOKIES.get(COOKIE, "")
        known = known_stores().get(code) if CODE.fullmatch(code) else None
        request._chosen_store = known  # type: ignore[attr-defined]
    return known if isinstance(known, KnownStore) else None


def choose_store(response: HttpResponseBase, code: str) -> bool:
    """Let ``response`` keep the choice. False, and nothing is kept, for a code that no public store has."""
    if not CODE.fullmatch(code) or code not in known_stores():
        return False
    response.set_cookie(
        COOKIE, code, max_age=YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
    return True


def forget_store(response: HttpResponseBase) -> None:
    """Let ``response`` take the choice back."""
    response.delete_cookie(COOKIE, samesite="Lax")
