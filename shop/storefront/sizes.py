"""The sizes that somebody wears, by size system: ``{"EU": "42", "SML": "M"}``, as ``catalogue.Entry`` names both."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

COOKIE: Final = "lintas_sizes"
YEAR: Final = 365 * 24 * 60 * 60
MOST: Final = 8  # systems
LONGEST: Final = 1000
SYSTEM_LENGTH, SIZE_LENGTH = 16, 32  # as in catalogue.Entry
NONE: Final[Mapping[str, str]] = MappingProxyType({})


def my_sizes(request: HttpRequest) -> Mapping[str, str]:
    """The size this person wears in each system they told; empty, without a query, where they told none."""
    known: Mapping[str, str] | None = getattr(request, "_my_sizes", None)
    if known is None:
        known = read_cookie(request)
        request._my_sizes = known  # type: ignore[attr-defined]
    return known


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
    """Let ``response`` keep ``sizes`` in this browser for a year; without any, forget them."""
    if not sizes:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_cookie(
        COOKIE,
        urlencode(dict(list(sizes.items())[:MOST])),
        max_age=YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _is_plausible(system: str, size: str) -> bool:
    return 0 < len(system) <= SYSTEM_LENGTH and 0 < len(size) <= SIZE_LENGTH and (system + size).isprintable()
