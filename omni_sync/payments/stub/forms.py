from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from omni_sync.payments.stub.errors import invalid


def nested(form: str) -> dict[str, Any]:
    """``a[b][0]=1`` as ``{"a": {"b": {"0": "1"}}}``."""
    found: dict[str, Any] = {}
    for name, value in parse_qsl(form, keep_blank_values=True):
        *path, last = re.findall(r"[^\[\]]+", name) or [name]
        place = found
        for step in path:
            place = place.setdefault(step, {})
            if not isinstance(place, dict):
                raise invalid(name)
        place[last] = value
    return found


def inner(fields: Mapping[str, Any], *path: str) -> dict[str, Any]:
    """What is inside, or nothing."""
    place: Any = fields
    for step in path:
        place = place.get(step, {}) if isinstance(place, Mapping) else {}
    return dict(place) if isinstance(place, Mapping) else {}


def whole(fields: Mapping[str, Any], name: str) -> int:
    """A positive whole number. Raises Refusal."""
    value = fields.get(name)
    if not isinstance(value, str) or not value.isascii() or not value.isdigit() or int(value) < 1:
        raise invalid(name)
    return int(value)


def address(fields: Mapping[str, Any], name: str) -> str:
    """An address of the web. Raises Refusal."""
    value = fields.get(name)
    if not isinstance(value, str) or urlsplit(value).scheme not in {"http", "https"}:
        raise invalid(name)
    return value
