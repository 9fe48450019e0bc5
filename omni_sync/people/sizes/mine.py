"""The sizes of whoever looks at a page, and how we know: a member's are in their session, a guest's in a cookie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import parse_qsl

from django.http import HttpRequest

from omni_sync.people.remembered import Remembered
from omni_sync.people.sizes.somebody import shops_for_somebody_else
from omni_sync.people.sizes.wearing import Why, Worn
from omni_sync.people.sizes.worn import worn_by

COOKIE: Final = "lintas_sizes"
MOST: Final = 8  # systems
LONGEST: Final = 1000
SYSTEM_LENGTH, SIZE_LENGTH = 16, 32  # as in catalogue.Entry
NONE: Final[Mapping[str, str]] = MappingProxyType({})

members_own: Final = Remembered("lintas_worn", lambda user_id: [_written(worn) for worn in worn_by(user_id=user_id)])


def my_worn(request: HttpRequest) -> tuple[Worn, ...]:
    """What this person wears, for choosing: nothing while they shop for somebody else. No query, as ``own_worn``."""
    return () if shops_for_somebody_else(request) else own_worn(request)


def own_worn(request: HttpRequest) -> tuple[Worn, ...]:
    """What this person wears, and how we know. No query: a member's are in their session."""
    known: tuple[Worn, ...] | None = getattr(request, "_own_worn", None)
    if known is None:
        own = members_own.of(request)
        known = _told(read_cookie(request)) if own is None else tuple(Worn(**_read(one)) for one in own)
        request._own_worn = known  # type: ignore[attr-defined]
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


def _told(sizes: Mapping[str, str]) -> tuple[Worn, ...]:
    return tuple(Worn(system, size, Why.TYPED.value) for system, size in sizes.items())


def _written(worn: Worn) -> dict[str, Any]:
    """As JSON can write it."""
    return asdict(worn) | {"at": worn.at and worn.at.isoformat()}


def _read(written: Mapping[str, Any]) -> dict[str, Any]:
    return {**written, "at": written["at"] and datetime.fromisoformat(written["at"])}


def _is_plausible(system: str, size: str) -> bool:
    return 0 < len(system) <= SYSTEM_LENGTH and 0 < len(size) <= SIZE_LENGTH and (system + size).isprintable()
