"""The shop that somebody calls theirs: a member's is a row, a guest's is a cookie of a year.

Signing in, a member without a shop keeps the one this browser chose. Where both have one, the account's is shown, and
the browser's waits until they sign out. What a member chooses is never written into the browser: signing out takes it
away with the session, and whoever comes next finds what the browser had before.
"""

import re
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase

from instore.stores.known import KnownStore, known_stores, stores_for
from instore.stores.own import adopt_store, forget_own_store, keep_own_store, own_store
from omni_sync.people.remembered import Remembered, member

COOKIE: Final = "lintas_store"
YEAR: Final = 365 * 24 * 60 * 60
CODE: Final = re.compile(r"[\w.:-]{1,128}")

_own: Final = Remembered("lintas_store", own_store)


def chosen_store(request: HttpRequest) -> str:
    """The code of the chosen store; empty where none is chosen, or the one that was is no longer there."""
    store = chosen(request)
    return store.code if store else ""


def chosen(request: HttpRequest) -> KnownStore | None:
    """The chosen store itself: no query while the stores are remembered, and the member's own in their session."""
    known: KnownStore | object | None = getattr(request, "_chosen_store", request)
    if known is request:  # not looked for yet
        code = _own.of(request) or _in_browser(request)
        known = stores_for(request).get(code) if code else None
        request._chosen_store = known  # type: ignore[attr-defined]
    return known if isinstance(known, KnownStore) else None


def choose_store(request: HttpRequest, response: HttpResponseBase, code: str) -> bool:
    """Keep the choice: with the member who is signed in, else in the browser that ``response`` goes to.

    False, and nothing is kept, for a code that no public store has.
    """
    if not CODE.fullmatch(code) or code not in known_stores():
        return False
    user_id = member(request)
    if user_id is None:
        _keep_in_browser(response, code)
        return True
    with transaction.atomic():
        is_kept = keep_own_store(user_id=user_id, code=code)
    if is_kept:
        _own.keep(request, code)
    return is_kept


def forget_store(request: HttpRequest, response: HttpResponseBase) -> None:
    """Take the choice back, the member's and the browser's."""
    user_id = member(request)
    if user_id is not None:
        with transaction.atomic():
            forget_own_store(user_id=user_id)
        _own.keep(request, "")
    response.delete_cookie(COOKIE, samesite="Lax")


@receiver(user_logged_in, dispatch_uid="instore.stores.chosen.login")
def remember_at_login(*, request: HttpRequest, user: Any, **_: object) -> None:
    """From here on the session knows the member's store; one without takes over the browser's."""
    code = own_store(user.pk)
    waiting = "" if code else _in_browser(request)
    if waiting in known_stores():
        with transaction.atomic():
            adopt_store(user_id=user.pk, code=waiting)
        code = own_store(user.pk)
    _own.keep(request, code)


def _in_browser(request: HttpRequest) -> str:
    code = request.COOKIES.get(COOKIE, "")
    return code if CODE.fullmatch(code) else ""


def _keep_in_browser(response: HttpResponseBase, code: str) -> None:
    response.set_cookie(
        COOKIE, code, max_age=YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
