"""Element strings: application identifiers and their values one after the other, as scanners and people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from omni_sync.gs1.associations import check_company
from omni_sync.gs1.content import check
from omni_sync.gs1.dictionary import identifier, leading
from omni_sync.gs1.exceptions import InvalidGs1

#: FNC1 as scanners send it, in front and between values.
SEPARATOR: Final = "\x1d"
MOST: Final = 64  # elements; a symbol has room for fewer
_BRACKETED: Final = re.compile(r"\((?P<ai>[0-9]{2,4})\)(?P<value>(?:[^(\\]|\\.)+)", re.ASCII | re.DOTALL)


class Element(NamedTuple):
    """An application identifier and its value: ``("10", "L1")``."""

    ai: str
    value: str


def parse_elements(text: str) -> tuple[Element, ...]:
    """The elements of ``(01)0952…(10)L1``, or of the same as a scanner sends it, FNC1 as U+001D.

    Raises InvalidGs1 for what is none, for a value that one can't have, and for company that one can't be in.
    """
    elements = tuple(elements_in(text))
    if not elements:
        raise InvalidGs1("empty")
    check_together(elements)
    return elements


def elements_in(text: str) -> Iterator[Element]:
    """One element after the other, each of them sound by itself. Raises InvalidGs1 at the first that is not."""
    said = _bracketed_parts(text) if text.startswith("(") else _scanned_parts(text.removeprefix(SEPARATOR))
    for count, element in enumerate(said):
        if count >= MOST:
            raise InvalidGs1("too many")
        yield sound(element)


def sound(element: Element) -> Element:
    """The element, whose value is one that its application identifier may have. Raises InvalidGs1."""
    known = identifier(element.ai)
    if known is None:
        raise InvalidGs1("unknown identifier", element.ai)
    check(known, element.value)
    return element


def check_together(elements: Sequence[Element]) -> None:
    """Raises InvalidGs1 where one element contradicts another, misses one or bears one ill."""
    said: dict[str, str] = {}
    for ai, value in elements:
        if said.setdefault(ai, value) != value:
            raise InvalidGs1("twice", ai, value)
    check_company(list(said))


def bracketed(elements: Iterable[Element]) -> str:
    """``(01)0952…(10)L1``: the form for people, and the one that needs no separators."""
    return "".join(f"({ai}){_escaped(value)}" for ai, value in elements)


def element_string(elements: Iterable[Element]) -> str:
    """As a GS1 symbol carries them: separators behind what ends by nothing else, but not at the end."""
    text = ""
    for ai, value in elements:
        known = identifier(ai)
        text += f"{ai}{value}{'' if known and known.fixed else SEPARATOR}"
    return text.removesuffix(SEPARATOR)


def _bracketed_parts(text: str) -> Iterator[Element]:
    place = 0
    while place < len(text):
        found = _BRACKETED.match(text, place)
        if found is None:
            raise InvalidGs1("form", value=text[place:])
        yield Element(found["ai"], re.sub(r"\\(.)", r"\1", found["value"], flags=re.DOTALL))
        place = found.end()


def _scanned_parts(text: str) -> Iterator[Element]:
    while text:
        known = leading(text)
        if known is None:
            raise InvalidGs1("unknown identifier", value=text[:4])
        text = text[len(known.ai) :]
        ends = known.longest if known.fixed else len(text)
        at = text.find(SEPARATOR)
        ends = ends if at < 0 else min(at, ends)
        yield Element(known.ai, text[:ends])
        text = text[ends:].removeprefix(SEPARATOR)


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("(", "\\(")
