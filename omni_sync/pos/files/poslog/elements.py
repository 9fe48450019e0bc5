"""Reading values out of a transaction's elements."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final
from xml.etree.ElementTree import Element

from omni_sync.pos.files.exceptions import Unsayable

ZERO: Final = Decimal(0)
NUMBER: Final = re.compile(r"[+-]?(\d{1,15}(\.\d{0,10})?|\.\d{1,10})", re.ASCII)


def text(element: Element | None, *paths: str) -> str:
    """The first text that is not empty at one of these paths; "" when there is none."""
    for path in paths if element is not None else ():
        found = (element.findtext(path) or "").strip() if element is not None else ""
        if found:
            return found
    return ""


def flag(element: Element | None, name: str) -> bool:
    """An attribute that is true or false; absent means false."""
    return element is not None and element.get(name, "").strip().lower() in ("true", "1")


def code(said: str) -> str:
    """A code for comparing: without its vendor's prefix, in small letters, in one word."""
    return "".join(letter for letter in said.rpartition(":")[2].lower() if letter.isalnum())


def number(element: Element | None, *paths: str) -> Decimal | None:
    """The first number at one of these paths. Raises Unsayable for what is no plain number."""
    said = text(element, *paths)
    if not said:
        return None
    if not NUMBER.fullmatch(said):
        raise Unsayable(f"{said[:40]!r} is no number")
    return Decimal(said)


def amount(element: Element | None, *paths: str) -> Decimal:
    """As ``number``; nothing said is 0."""
    return number(element, *paths) or ZERO
