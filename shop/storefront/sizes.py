"""The sizes that somebody wears, by size system: ``{"EU": "42", "SML": "M"}``, as ``catalogue.Entry`` names both.

A member's are rows (``omni_sync.people.sizes``), a guest's are a cookie of a year. Signing in takes the browser's over
for the systems in which the member told none, and the cookie goes: after signing out the browser knows nobody's sizes.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from omni_sync.people.remembered import Remembered, member
from omni_sync.people.sizes import sizes_of, take_over_sizes, tell_sizes

COOKIE: Final = "lintas_sizes"
YEAR: Final = 365 * 24 * 60 * 60
MOST: Final = 8  # systems
LONGEST: Final = 1000
SYSTEM_LENGTH, SIZE_LENGTH = 16, 32  # as in catalogue.Entry
NONE: Final[Mapping[str, str]] = MappingProxyType({})

_own: Final = Remembered("lintas_sizes", lambda user_id: sizes_of(user_id=user_id))


def my_sizes(request: HttpRequest) -> Mapping[str, str]:
    """The size this person wears in each system they told; empty where they told none.

    No query: a member's are in their session.
    """
    known: Mapping[str, str] | None = getattr(request, "_my_sizes", None)
    if known is None:
        own = _own.of(request)
        known = read_cookie(request) if own is None else MappingProxyType(own)
        request._my_sizes = known  # type: ignore[attr-defined]
    return known


def keep_sizes(request: HttpRequest, response: HttpResponseBase, told: Mapping[str, str]) -> None:
    """These are this person's sizes now, by system, as the goods write them; an empty one is forgotten."""
    user_id = member(request)
    if user_id is None:
        write_cookie(response, {system: size for system, size in {**my_sizes(request), **told}.items() if size})
        return
    with transaction.atomic():
        tell_sizes(user_id=user_id, sizes=told)
    _own.look(request, user_id)


def read_cookie(request: HttpRequest) -> Mapping[str, str]:
    """What this browser keeps; anything that is no short list of sizes is none."""
    value = request.COOKIES.get(COOKIE, "")
    if not value or len(value) > LONGEST:
        return NONE
    try:
        pairs = parse_qsl(value, strict_parsing=True, errors="strict", max_num_fields=MOST)
    except ValueError:
        return NONE
    return MappingProxyType({system: size for system, size in pairs if _is_plausible(system, size)})


def write_cookie(response: HttpResponseBase, sizes: Mapping[str, str]) -> None:
    """Let ``response`` keep ``sizes`` in this browser for a year, the last eight of them; without any, forget them."""
    if not sizes:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_cookie(
        COOKIE,
        urlencode(dict(list(sizes.items())[-MOST:])),
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


@receiver(user_logged_in, dispatch_uid="shop.storefront.sizes.login")
def remember_at_login(*, request: HttpRequest, user: Any, **_: object) -> None:
    """From here on the session knows the member's sizes; this browser's are theirs where they had none."""
    waiting = read_cookie(request)
    if waiting:
        with transaction.atomic():
            take_over_sizes(user_id=user.pk, sizes=waiting)
        request._sizes_taken_over = True  # type: ignore[attr-defined]
    _own.look(request, user.pk)


class ForgetTakenOver:
    """Middleware: the answer to a sign-in takes the sizes out of the browser that are with the account now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        if getattr(request, "_sizes_taken_over", False):
            write_cookie(response, NONE)
        return response


def _is_plausible(system: str, size: str) -> bool:
    return 0 < len(system) <= SYSTEM_LENGTH and 0 < len(size) <= SIZE_LENGTH and (system + size).isprintable()
