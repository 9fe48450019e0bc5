"""Which of several links somebody is sent to: by language (RFC 4647, 3.4), by who said it, by kind of medium."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

_LONGEST: Final = 500  # characters of a header that are looked at


class Rank(IntEnum):
    """Whose word counts first."""

    PRODUCT = 0
    STYLE = 1
    SHOP = 2


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: a path of ours or an address on the web; ``language`` is empty where it speaks all."""

    href: str
    title: str
    link_type: str
    language: str = ""
    media_type: str = "text/html"
    is_default: bool = False
    rank: Rank = Rank.SHOP


@dataclass(frozen=True, slots=True)
class Reader:
    """What a request says of its reader: languages, the most wanted first, and kinds of media named outright.

    Those by how much they are wanted, from 0 to 1.
    """

    languages: tuple[str, ...]
    media_types: Mapping[str, float]


def reader_of(request: HttpRequest) -> Reader:
    """As ``Accept-Language`` and ``Accept`` have it."""
    said = request.headers.get("Accept-Language", "")[:_LONGEST]
    languages = tuple(tag for tag, quality in parse_accept_lang_header(said.lower()) if quality > 0 and tag != "*")
    named = {f"{kind.main_type}/{kind.sub_type}": kind.quality for kind in reversed(request.accepted_types)}
    return Reader(languages, named)


def best(targets: Sequence[Target], reader: Reader) -> list[Target]:
    """The one that suits the reader best; several where nothing tells them apart, none where no language suits."""
    spoken = _in_language(targets, reader.languages)
    first = min((target.rank for target in spoken), default=Rank.SHOP)
    equal = [target for target in spoken if target.rank == first]
    wanted = max((reader.media_types.get(target.media_type, 0) for target in equal), default=0)
    return [target for target in equal if reader.media_types.get(target.media_type, 0) == wanted]


def _in_language(targets: Sequence[Target], languages: Sequence[str]) -> list[Target]:
    """Look-up: each range of the reader's in turn, made shorter from its end until something has that very tag."""
    tags = {target.language.lower() for target in targets if target.language}
    for wanted in languages:
        tag = wanted
        while tag:
            if tag in tags:
                return [target for target in targets if target.language.lower() == tag]
            tag = tag.rpartition("-")[0]
    return [target for target in targets if not target.language]
