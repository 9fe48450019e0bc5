"""The sizes that somebody wears, by size system, as ``catalogue.Entry`` names both, and how we know.

A member's are typed or learnt (``omni_sync.people.sizes.worn``), a guest's are a cookie of a year. Signing in takes the
browser's over for the systems in which the member told none, and the cookie goes: after signing out the browser knows
nobody's sizes. Nobody's are chosen while the visitor shops for somebody else.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from instore.receipts.claims.signals import receipt_claimed
from omni_sync.people.remembered import member
from omni_sync.people.sizes.mine import COOKIE, MOST, NONE, members_own, my_worn, own_worn, read_cookie
from omni_sync.people.sizes.typed import take_over_sizes, tell_size_of, tell_sizes
from omni_sync.people.sizes.worn import general_sizes

YEAR: Final = 365 * 24 * 60 * 60


def my_sizes(request: HttpRequest) -> Mapping[str, str]:
    """The size this person wears in each system, as ``my_worn``, whatever differs for some goods."""
    return general_sizes(my_worn(request))


def own_sizes(request: HttpRequest) -> Mapping[str, str]:
    """The same as ``own_worn``."""
    return general_sizes(own_worn(request))


def keep_sizes(request: HttpRequest, response: HttpResponseBase, told: Mapping[str, str]) -> None:
    """These are this person's sizes now, by system, as the goods write them; an empty one is forgotten."""
    user_id = member(request)
    if user_id is None:
        write_cookie(response, {system: size for system, size in {**own_sizes(request), **told}.items() if size})
        return
    with transaction.atomic():
        tell_sizes(user_id=user_id, sizes=told)
    members_own.look(request, user_id)


def keep_size_of(request: HttpRequest, *, size_system: str, size: str, brand: str, category_id: int) -> None:
    """This is the member's size in such goods only; an empty one is forgotten, told or learnt."""
    user_id = member(request)
    if user_id is not None:
        with transaction.atomic():
            tell_size_of(user_id=user_id, size_system=size_system, size=size, brand=brand, category_id=category_id)
        members_own.look(request, user_id)


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
    members_own.look(request, user.pk)


@receiver(receipt_claimed, dispatch_uid="shop.storefront.sizes.claimed")
def look_again(*, request: HttpRequest, **_: object) -> None:
    """What came into the account a moment ago teaches at once."""
    user_id = member(request)
    if user_id is not None:
        members_own.look(request, user_id)


class ForgetTakenOver:
    """Middleware: the answer to a sign-in takes the sizes out of the browser that are with the account now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        if getattr(request, "_sizes_taken_over", False):
            write_cookie(response, NONE)
        return response
