"""Every application identifier (AI) of the GS1 syntax dictionary: what its value looks like, and how it ends.

The list is biip's, which follows GS1's own. A form is compiled from its format, ``N13[+X..17]``: digits, then perhaps
up to 17 characters of the set of 82 (GS1 General Specifications, 3.2 and 7.11).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from biip import ParseError
from biip.gs1_application_identifiers import GS1ApplicationIdentifier

LONGEST: Final = 4  # digits of an application identifier
_SETS: Final = {"N": "[0-9]", "X": r"[!-\"%-?A-Z_a-z]", "Y": "[-#/0-9A-Z]", "Z": "[-0-9A-Z_a-z]"}
_PART: Final = re.compile(r"(?P<maybe>\[)?(?P<set>[NXYZ])(?P<up_to>\.\.)?(?P<length>[0-9]+)\]?")
#: Formats that say less than they mean: one to five countries, a minus, minutes and seconds, a SIM's check digits.
_FORMS: Final = {
    "N3+N..12": ("[0-9]{3}(?:[0-9]{3}){0,4}", 3, 15),
    "N6+[-]": ("[0-9]{6}-?", 6, 7),
    "N8[+N..4]": ("[0-9]{8}(?:[0-9]{2}){0,2}", 8, 12),
    "N18+[N1..N2]": ("[0-9]{18,20}", 18, 20),
}


@dataclass(frozen=True, slots=True)
class Identifier:
    """An application identifier: ``fixed`` ones end by their length, the others by a separator or the end."""

    ai: str
    title: str
    form: re.Pattern[str]
    shortest: int
    longest: int
    fixed: bool


def identifier(ai: str) -> Identifier | None:
    """The application identifier that is exactly ``ai``."""
    found = leading(ai)
    return found if found and found.ai == ai else None


def leading(text: str) -> Identifier | None:
    """The application identifier that ``text`` begins with; none begins another."""
    start = text[:LONGEST]
    return _leading(start) if start.isascii() and start[:2].isdecimal() else None


@lru_cache(maxsize=2048)
def _leading(start: str) -> Identifier | None:
    try:
        found = GS1ApplicationIdentifier.extract(start)
    except ParseError:
        return None
    _, _, spec = found.format.partition("+")
    form, shortest, longest = _FORMS.get(spec) or _compiled(spec)
    pattern = re.compile(form, re.ASCII)
    return Identifier(found.ai, found.data_title, pattern, shortest, longest, fixed=not found.separator_required)


def _compiled(spec: str) -> tuple[str, int, int]:
    form, shortest, longest = "", 0, 0
    for part in _PART.finditer(spec.replace("[+", "+[")):
        most = int(part["length"])
        least = 1 if part["up_to"] else most
        piece = f"{_SETS[part['set']]}{{{least},{most}}}"
        form += f"(?:{piece})?" if part["maybe"] else piece
        shortest += 0 if part["maybe"] else least
        longest += most
    return form, shortest, longest
