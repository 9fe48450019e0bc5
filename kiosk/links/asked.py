"""What somebody asks the resolver for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, unquote_plus

from django.http import HttpRequest

from kiosk.links.raw import raw_path, raw_query
from kiosk.links.types import ALL, LINKSET, named
from omni_sync.gs1.link import Link, parse_link

HTML: Final = "text/html"
JSON: Final = "application/json"
LINKSET_JSON: Final = "application/linkset+json"
PROBLEM_JSON: Final = "application/problem+json"
STORE: Final = "s"  # the name in the query, and the first word of the stem
_LINK_TYPE: Final = "linktype"
_NAMES: Final = 2  # words of the stem that name a store


@dataclass(frozen=True, slots=True)
class Asked:
    """A Digital Link, the store that it names, the query to pass on, and what is wanted: all links, or one kind."""

    link: Link
    store: str
    in_stem: bool
    query: str
    wants_linkset: bool
    link_type: str

    @property
    def path(self) -> str:
        """The key and its qualifiers as they stand in our address."""
        return self.link.path


def asked_by(request: HttpRequest) -> Asked:
    """Raises InvalidGs1 for what is no Digital Link. Shorter GTINs are filled up, a slash at the end is forgiven."""
    path, query = raw_path(request), raw_query(request)
    link = parse_link(f"https://shop{path.rstrip('/')}?{query}", lenient=True)
    stem = link.stem.split("/")
    in_stem = len(stem) > _NAMES and stem[-2].lower() == STORE
    said = said_in(query)
    kind = named(said.get(_LINK_TYPE, ""))
    return Asked(
        link=link,
        store=unquote(stem[-1]) if in_stem else said.get(STORE, ""),
        in_stem=in_stem,
        query=query,
        wants_linkset=kind in (LINKSET, ALL) if kind else _prefers_linkset(request),
        link_type=kind,
    )


def said_in(query: str) -> dict[str, str]:
    """What a query says, by names in lower case, for ``linktype`` is written as well.

    A semicolon parts as an ampersand does; of two of one name the first counts.
    """
    pairs = [part.partition("=") for part in reversed(query.replace(";", "&").split("&"))]
    return {unquote_plus(name).lower(): unquote_plus(value) for name, _, value in pairs}


def form_of(request: HttpRequest, *forms: str) -> str:
    """The media type to answer in: of these the one that is asked for, the first where it makes no difference.

    A range with parameters, a character set or the profile of a linkset, is asked for as well as one without.
    """
    ranges = [f"{kind.main_type}/{kind.sub_type}" for kind in request.accepted_types]  # the most wanted first

    def place(form: str) -> int:
        named = (form, form.partition("/")[0] + "/*", "*/*")
        return next((ranges.index(one) for one in named if one in ranges), len(ranges))

    return min(forms, key=place)


def _prefers_linkset(request: HttpRequest) -> bool:
    return form_of(request, HTML, LINKSET_JSON, JSON) != HTML
