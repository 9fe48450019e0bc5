"""The sizes that somebody wears, by size system, as ``catalogue.Entry`` names both, and how we know.

A member's are typed or learnt (``omni_sync.people.sizes.worn``), a guest's are a cookie of a year. Signing in takes the
browser's over for the systems in which the member told none, and the cookie goes: after signing out the browser knows
nobody's sizes. Nobody's are chosen while the visitor shops for somebody else.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from instore.receipts.claims.signals import receipt_claimed
from omni_sync.people.remembered import Remembered, member
from omni_sync.people.sizes.somebody import shops_for_somebody_else
from omni_sync.people.sizes.typed import take_over_sizes, tell_size_of, tell_sizes
from omni_sync.people.sizes.wearing import Why, Worn
from omni_sync.people.sizes.worn import general_sizes, worn_by

COOKIE: Final = "lintas_sizes"
YEAR: Final = 365 * 24 * 60 * 60
MOST: Final = 8  # systems
LONGEST: Final = 1000
SYSTEM_LENGTH, SIZE_LENGTH = 16, 32  # as in catalogue.Entry
NONE: Final[Mapping[str, str]] = MappingProxyType({})

_own: Final = Remembered("lintas_worn", lambda user_id: [_written(worn) for worn in worn_by(user_id=user_id)])


def my_worn(request: HttpRequest) -> tuple[Worn, ...]:
    """What this person wears, for choosing: nothing while they shop for somebody else. No query, as ``own_worn``."""
    return () if shops_for_somebody_else(request) else own_worn(request)


def own_worn(request: HttpRequest) -> tuple[Worn, ...]:
    """What this person wears, and how we know. No query: a member's are in their session."""
    known: tuple[Worn, ...] | None = getattr(request, "_own_worn", None)
    if known is None:
        own = _own.of(request)
        known = _told(read_cookie(request)) if own is None else tuple(Worn(**_read(one)) for one in own)
        request._own_worn = known  # type: ignore[attr-defined]
    return known


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
    _own.look(request, user_id)


def keep_size_of(request: HttpRequest, *, size_system: str, size: str, brand: str, category_id: int) -> None:
    """This is the member's size in such goods only; an empty one is forgotten, told or learnt."""
    user_id = member(request)
    if user_id is not None:
        with transaction.atomic():
            tell_size_of(user_id=user_id, size_system=size_system, size=size, brand=brand, category_id=category_id)
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


@receiver(receipt_claimed, dispatch_uid="shop.storefront.sizes.claimed")
def look_again(*, request: HttpRequest, **_: object) -> None:
    """What came into the account a moment ago teaches at once."""
    user_id = member(request)
    if user_id is not None:
        _own.look(request, user_id)


class ForgetTakenOver:
    """Middleware: the answer to a sign-in takes the sizes out of the browser that are with the account now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        if getattr(request, "_sizes_taken_over", False):
            write_cookie(response, NONE)
        return response


def _told(sizes: Mapping[str, str]) -> tuple[Worn, ...]:
    return tuple(Worn(system, size, Why.TYPED.value) for system, size in sizes.items())


def _written(worn: Worn) -> dict[str, Any]:
    """As JSON can write it."""
    return asdict(worn) | {"at": worn.at and worn.at.isoformat()}


def _read(written: Mapping[str, Any]) -> dict[str, Any]:
    return {**written, "at": written["at"] and datetime.fromisoformat(written["at"])}


def _is_plausible(system: str, size: str) -> bool:
    return 0 < len(system) <= SYSTEM_LENGTH and 0 < len(size) <= SIZE_LENGTH and (system + size).isprintable()
