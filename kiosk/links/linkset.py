"""Linksets (RFC 9264) in the vocabulary of GS1: all that is said of one thing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from operator import attrgetter
from typing import Any, Final

from django.utils.encoding import iri_to_uri

from kiosk.links.choose import Target
from kiosk.links.targets import defaults
from kiosk.links.types import DEFAULT, DEFAULT_MULTI, VOCABULARY
from omni_sync.conf import base_url

CONTEXT: Final = "https://ref.gs1.org/standards/resolver/linkset-context"
CONTEXT_LINK: Final = f'<{CONTEXT}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'


def linkset(*, anchor: str, description: str, targets: Sequence[Target]) -> dict[str, Any]:
    """Everything, with the one default link; where it differs by language, its choices beside it."""
    choices = defaults(targets)
    plain = min((target for target in choices if not target.language), key=attrgetter("rank"))
    said: dict[str, Any] = {_name(DEFAULT): [_plainly(plain)]}
    if len(choices) > 1 and any(target.language for target in choices):
        said[_name(DEFAULT_MULTI)] = [_in_full(target) for target in choices]
    return _set(anchor, description, {**said, **_by_type(targets)})


def candidates(*, anchor: str, description: str, targets: Sequence[Target]) -> dict[str, Any]:
    """Those among which nothing told which one was meant."""
    return _set(anchor, description, _by_type(targets))


def as_text(said: dict[str, Any]) -> str:
    """JSON that may stand in a page as well: nothing in it ends a script."""
    text = json.dumps(said, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def absolute(href: str) -> str:
    """An address on the web, also of our own pages."""
    return iri_to_uri(f"{base_url()}{href}" if href.startswith("/") else href)


def _set(anchor: str, description: str, said: dict[str, Any]) -> dict[str, Any]:
    return {"linkset": [{"anchor": anchor, "itemDescription": description, **said}]}


def _by_type(targets: Sequence[Target]) -> dict[str, list[dict[str, Any]]]:
    said: dict[str, list[dict[str, Any]]] = {}
    for target in targets:
        said.setdefault(_name(target.link_type), []).append(_in_full(target))
    return said


def _name(link_type: str) -> str:
    return f"{VOCABULARY}{link_type}"


def _plainly(target: Target) -> dict[str, Any]:
    return {"href": absolute(target.href), "title": target.title}


def _in_full(target: Target) -> dict[str, Any]:
    language = {"hreflang": [target.language]} if target.language else {}
    return {**_plainly(target), "type": target.media_type, **language}
