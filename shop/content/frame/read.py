"""The frame as it is shown in one language: read together, remembered until somebody edits it."""

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language

from instore.stores.queries import read_rows
from shop.content.blocks.found import Found, look_up
from shop.content.blocks.links import Link, link_of
from shop.storefront.memory import Memory, edition_of

KINDS: Final = ("header", "footer", "notice")
Kept = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    heading: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Foot:
    words: str
    columns: tuple[Column, ...]
    legal: str
    legal_links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One notice; ``key`` changes with its words, so who closed it sees what is new in it."""

    key: str
    text: str
    link: Link | None
    is_closable: bool
    starts: datetime | None
    ends: datetime | None

    def is_on(self, now: datetime) -> bool:
        return (self.starts is None or self.starts <= now) and (self.ends is None or now < self.ends)


@dataclass(frozen=True, slots=True)
class Frame:
    """``links`` is None where nobody wrote a header yet, ``foot`` where nobody wrote a footer."""

    shows_categories: bool = True
    links: tuple[Link, ...] | None = None
    foot: Foot | None = None
    notices: tuple[NoticeLine, ...] = ()


def frame_of(request: HttpRequest) -> Frame:
    """Around this page: no query while it is remembered, else two."""
    own: Frame | None = getattr(request, "_frame", None)
    return own or _frames.get(get_language() or settings.LANGUAGE_CODE, edition_of(request))


def notices_on(frame: Frame, *, closed: Iterable[str]) -> tuple[NoticeLine, ...]:
    """Those whose time it is, without those that this reader closed."""
    now, gone = timezone.now(), set(closed)
    return tuple(
        notice for notice in frame.notices if notice.is_on(now) and not (notice.is_closable and notice.key in gone)
    )


def frame_from(parts: Iterable[tuple[str, Kept]], language: str) -> Frame:
    """The frame from what is kept of its parts, each with its kind, those of the best language only."""
    told = list(parts)
    found = look_up([part for _, part in told], language=language, rows=[])
    header = next((part for kind, part in told if kind == "header"), None)
    footer = next((part for kind, part in told if kind == "footer"), None)
    return Frame(
        shows_categories=header is None or header["shows_categories"],
        links=None if header is None else _links(header["links"], found),
        foot=None if footer is None else _foot(footer, found),
        notices=tuple(_notice(part, found) for kind, part in told if kind == "notice"),
    )


def _foot(part: Kept, found: Found) -> Foot:
    columns = (item["value"] for item in part["columns"])
    return Foot(
        words=part["words"],
        columns=tuple(Column(column["heading"], _links(column["links"], found)) for column in columns),
        legal=part["legal"],
        legal_links=_links(part["legal_links"], found),
    )


def _notice(part: Kept, found: Found) -> NoticeLine:
    words = zlib.crc32(json.dumps([part["text"], part["link"]], sort_keys=True).encode())
    return NoticeLine(
        key=f"{part['id']}-{words:08x}",
        text=part["text"],
        link=next(iter(_links(part["link"], found)), None),
        is_closable=part["is_closable"],
        starts=_instant(part["starts"]),
        ends=_instant(part["ends"]),
    )


def _links(kept: Iterable[Any], found: Found) -> tuple[Link, ...]:
    links = (link_of(item["value"], found) for item in kept)
    return tuple(link for link in links if link is not None)


def _instant(kept: Any) -> datetime | None:
    return parse_datetime(kept) if isinstance(kept, str) else kept


def _read(language: str) -> Frame:
    """Each part in ``language``, else in the shop's first."""
    languages = [language, settings.LANGUAGE_CODE]
    best: dict[tuple[str, str], tuple[int, str, Kept]] = {}
    for kind, code, key, part in read_rows(_PARTS, {"languages": languages}):
        rank = languages.index(code)
        known = best.get((kind, key))
        if known is None or rank < known[0]:
            best[kind, key] = rank, kind, part if isinstance(part, dict) else json.loads(part)
    ordered = sorted(best.values(), key=lambda one: (one[0] if one[1] != "notice" else 0, one[2]["id"]))
    return frame_from(((kind, part) for _, kind, part in ordered), language)


_PARTS: Final = " UNION ALL ".join(
    f"""SELECT '{kind}', l.language_code, part.translation_key::text, to_jsonb(part)
          FROM shop_{kind} part JOIN wagtailcore_locale l ON l.id = part.locale_id
         WHERE l.language_code = ANY(%(languages)s)"""
    for kind in KINDS
)
_frames: Final = Memory(_read)
