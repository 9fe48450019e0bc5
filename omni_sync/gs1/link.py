"""GS1 Digital Links: a web address whose path says what a thing is (URI syntax 1.7, clauses 4.3 to 4.12)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote_to_bytes

from omni_sync.gs1.associations import KEYS, NEVER_IN_QUERY, belongs_in_path, best_row, in_order
from omni_sync.gs1.dictionary import identifier
from omni_sync.gs1.elements import MOST, Element, check_together, sound
from omni_sync.gs1.exceptions import InvalidGs1

CANONICAL: Final = "https://id.gs1.org"
LONGEST: Final = 8000  # characters; no symbol carries as many
_ADDRESS: Final = re.compile(
    r"(?P<root>(?P<scheme>[^:/?#]*)://(?P<host>[^/]*))(?P<path>/[^?#]*)(?:\?(?P<query>[^#]*))?(?:#.*)?", re.DOTALL
)
_SCHEMES: Final = frozenset({"https", "HTTPS", "http", "HTTP"})
_CHARACTERS: Final = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*", re.ASCII)
_NOT_IN_HOSTS: Final = frozenset("_~?#@!$&'()*+,;=%")
_SHORT_GTINS: Final = frozenset({8, 12, 13})
_GTIN: Final = 14


@dataclass(frozen=True, slots=True)
class Link:
    """What a Digital Link says: its elements, the key first, and what of its query is no GS1 data, as it stood.

    Its address was ``stem`` and ``path``, the latter as we write it: ``/01/0952…/10/L%2F1``.
    """

    elements: tuple[Element, ...]
    ignored: tuple[str, ...]
    stem: str
    path: str

    @property
    def key(self) -> Element:
        """What is identified: ``("01", "0952…")``."""
        return self.elements[0]

    def value(self, ai: str) -> str:
        """The value of this application identifier; empty where the link does not say one."""
        return next((value for said, value in self.elements if said == ai), "")


def parse_link(uri: str, *, lenient: bool = False) -> Link:
    """What ``uri``, percent-encoded as it was sent, says.

    A GTIN that is the key has 14 digits; ``lenient`` fills one of 8, 12 or 13 up. One in the query is filled up always,
    as GS1's own engine does. Raises InvalidGs1.
    """
    if len(uri) > LONGEST:
        raise InvalidGs1("too long")
    if not _CHARACTERS.fullmatch(uri):
        raise InvalidGs1("characters")
    parts = _ADDRESS.fullmatch(uri)
    if parts is None or parts["scheme"] not in _SCHEMES:
        raise InvalidGs1("scheme")
    if not parts["host"] or _NOT_IN_HOSTS & set(parts["host"]):
        raise InvalidGs1("host", value=parts["host"])
    path, stem = _split(parts["path"])
    said, ignored = _query(parts["query"] or "")
    elements = [Element(ai, _decoded(ai, value)) for ai, value in path]
    elements = [_filled_up(element) for element in elements] if lenient else elements
    elements += [_filled_up(Element(ai, _decoded(ai, value.replace("+", " ")))) for ai, value in said]
    for element in elements:
        sound(element)
    _check_places([ai for ai, _ in path], [ai for ai, _ in said])
    check_together(elements)
    ours = "".join(f"/{ai}/{_encoded(value)}" for ai, value in elements[: len(path)])
    return Link(tuple(elements), tuple(ignored), f"{parts['root']}{stem}", ours)


def link_of(elements: Sequence[Element], *, stem: str = CANONICAL, in_order_of_ai: bool = False) -> str:
    """The Digital Link of these elements: the first key and its qualifiers in the path, all else in the query.

    In the query those of a fixed length come first, else as they were given. Raises InvalidGs1.
    """
    for element in elements:
        sound(element)
    check_together(elements)
    said = dict(elements)
    key = next((ai for ai in said if ai in KEYS), "")
    if not key:
        raise InvalidGs1("no key")
    path = [key, *best_row(key, list(said))]
    rest = [ai for ai in said if ai not in path]
    if refused := next((ai for ai in rest if ai in NEVER_IN_QUERY), ""):
        raise InvalidGs1("not in a link", refused)
    rest = sorted(rest) if in_order_of_ai else sorted(rest, key=_is_variable)
    query = "&".join(f"{ai}={_encoded(said[ai])}" for ai in rest)
    return stem.removesuffix("/") + "".join(f"/{ai}/{_encoded(said[ai])}" for ai in path) + (query and f"?{query}")


def canonical(link: Link) -> str:
    """The one form of links to the same thing (4.12): GS1's own domain, the query sorted, nothing that is not GS1's."""
    return link_of(link.elements, in_order_of_ai=True)


def _split(path: str) -> tuple[list[tuple[str, str]], str]:
    """The pairs of a path from its right-most key on, and the stem before them."""
    words = path.split("/")
    for at in range(len(words) - 2, 0, -2):
        ai = words[at]
        if identifier(ai) is None:
            break
        if ai in KEYS:
            return list(zip(words[at::2], words[at + 1 :: 2], strict=True)), "/".join(words[:at])
    raise InvalidGs1("no key")


def _query(query: str) -> tuple[list[tuple[str, str]], list[str]]:
    said, ignored = [], []
    for part in filter(None, re.split("[&;]", query)):
        name, equals, value = part.partition("=")
        if not equals or not (name.isascii() and name.isdecimal()):
            ignored.append(part)
        elif identifier(name) is None:
            raise InvalidGs1("unknown identifier", name)
        else:
            said.append((name, value))
    return said, ignored


def _decoded(ai: str, value: str) -> str:
    if not value:
        raise InvalidGs1("empty", ai)
    try:
        return unquote_to_bytes(value).decode("ascii")
    except UnicodeDecodeError:
        raise InvalidGs1("form", ai, value) from None


def _filled_up(element: Element) -> Element:
    if element.ai == "01" and len(element.value) in _SHORT_GTINS:
        return Element("01", element.value.zfill(_GTIN))
    return element


def _check_places(path: Sequence[str], query: Sequence[str]) -> None:
    if len(path) + len(query) > MOST:
        raise InvalidGs1("too many")
    if not in_order(path):
        raise InvalidGs1("order", path[0], "/".join(path[1:]))
    for ai in _repeated([*path, *query]):
        raise InvalidGs1("twice", ai)
    for ai in query:
        if belongs_in_path(ai, path):
            raise InvalidGs1("in the query", ai)
        if ai in NEVER_IN_QUERY:
            raise InvalidGs1("not in a link", ai)


def _repeated(ais: Sequence[str]) -> Iterator[str]:
    return (ai for place, ai in enumerate(ais) if ai in ais[:place])


def _is_variable(ai: str) -> bool:
    known = identifier(ai)
    return not (known and known.fixed)


def _encoded(value: str) -> str:
    return quote(value, safe="")
