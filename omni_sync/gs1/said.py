"""What a scanner read, or a person typed: goods, a place, a link of ours, or just a text.

Whatever the symbol was, the answer is the same: an EAN-13, a GS1 DataMatrix and the link on the shelf say one item.
Links are read for what they say, whosever host they are on; they are never followed.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Literal

from omni_sync.gs1.days import day_of
from omni_sync.gs1.elements import SEPARATOR, Element, elements_in
from omni_sync.gs1.exceptions import InvalidGs1
from omni_sync.gs1.link import parse_link
from omni_sync.gs1.trade_number import as_14_digits

Kind = Literal["pickup", "receipt", "hand-off", "list"]

LONGEST: Final = 2000  # characters; a link that a symbol carries is shorter


@dataclass(frozen=True, slots=True)
class Item:
    """Goods: a GTIN of 14 digits with a right check digit, and whatever else the symbol says of them."""

    gtin: str
    elements: tuple[Element, ...] = ()

    @property
    def lot(self) -> str:
        """AI 10: the batch, which may have been recalled."""
        return _value(self.elements, "10")

    @property
    def serial(self) -> str:
        """AI 21."""
        return _value(self.elements, "21")

    @property
    def expires(self) -> date | None:
        """AI 17: the last day on which they may be sold."""
        said = _value(self.elements, "17")
        return day_of(said) if said else None


@dataclass(frozen=True, slots=True)
class Place:
    """A location: a GLN of 13 digits with a right check digit, and which shelf of it."""

    gln: str
    extension: str = ""


@dataclass(frozen=True, slots=True)
class OurLink:
    """A link with a token that this shop gave out; make the address anew from the token, never follow the one read."""

    kind: Kind
    token: str


@dataclass(frozen=True, slots=True)
class Text:
    """Nothing of the above: a SKU, the number of an order, a code of one's own; without what scanners add."""

    text: str


Said = Item | Place | OurLink | Text

#: What a scanner may put before the text to say which symbol it was (ISO/IEC 15424).
_SYMBOLOGY: Final = re.compile(r"\](?P<symbol>[A-Za-z][0-9A-Za-z])")
#: Symbols that have FNC1 in front: GS1-128, DataBar, GS1 DataMatrix, GS1 QR, GS1 DotCode.
_GS1_SYMBOLS: Final = frozenset({"C1", "e0", "e1", "e2", "d2", "d5", "Q3", "Q5", "J1"})
#: EAN and UPC with an add-on of two or five digits, which is none of the number.
_WITH_ADD_ON: Final = re.compile(r"([0-9]{13})(?:[0-9]{2}|[0-9]{5})", re.ASCII)
#: Signs that keyboards put where a separator was.
_SEPARATORS: Final = str.maketrans({"\u241d": SEPARATOR, "\u001e": SEPARATOR, "\u0004": None})
_SCHEME: Final = re.compile(r"https?://", re.IGNORECASE)
_OURS: Final = re.compile(
    r"https?://[^/?#]+/(?P<room>collect|r|h/list|h)/(?P<token>[0-9A-Za-z_=-]{16,200})/?(?:[?#].*)?",
    re.IGNORECASE | re.DOTALL,
)
_KINDS: Final[dict[str, Kind]] = {"collect": "pickup", "r": "receipt", "h": "hand-off", "h/list": "list"}
_GTIN_IN_LINK: Final = re.compile(r"https?://[^\s?#]*/01/(?P<gtin>[0-9]{8,14})(?:[/?#]|$)", re.ASCII | re.IGNORECASE)
_GTIN_FIRST: Final = re.compile(r"\(?01\)?(?P<gtin>[0-9]{14})", re.ASCII)


@lru_cache(maxsize=4096)
def read(said: str) -> Said:
    """What was scanned or typed; never raises. A GTIN with a wrong check digit is a text.

    What the symbol says besides the item or place, and wrongly, is left out: a lot that can't be read is no reason not
    to sell.
    """
    if len(said) > LONGEST:
        return Text(said[:LONGEST])
    text = said.strip(" \t\r\n\0")
    prefix = _SYMBOLOGY.match(text)
    symbol = prefix["symbol"] if prefix else ""
    text = (text[len(prefix[0]) :] if prefix else text).translate(_SEPARATORS)
    plain = text.strip(SEPARATOR + " ")
    found = _of_elements(text) if symbol in _GS1_SYMBOLS else None
    if found is None and symbol == "E3" and (add_on := _WITH_ADD_ON.fullmatch(plain)):
        plain = add_on[1]
    return found or _of_link(plain) or _of_typed(text) or _of_number(plain) or Text(plain)


def _of_link(text: str) -> Said | None:
    if not _SCHEME.match(text):
        return None
    scheme, _, rest = text.partition("://")
    for address in (text, text.partition("#")[0].partition("?")[0]):
        try:
            return _of_known(parse_link(f"{scheme.lower()}://{address[len(scheme) + 3 :]}", lenient=True).elements)
        except InvalidGs1:
            continue
    if (ours := _OURS.fullmatch(text)) and rest:
        return OurLink(_KINDS[ours["room"].lower()], ours["token"])
    found = _GTIN_IN_LINK.match(text)
    return _item(found["gtin"]) if found else None


def _of_typed(text: str) -> Said | None:
    """An element string that no symbology announces: in brackets, with a separator, or beginning with a sound GTIN."""
    begins = _GTIN_FIRST.match(text.removeprefix(SEPARATOR))
    if text.startswith("(") or SEPARATOR in text or (begins and as_14_digits(begins["gtin"])):
        return _of_elements(text)
    return None


def _of_elements(text: str) -> Said | None:
    """What the elements say, as far as they can be read."""
    elements: list[Element] = []
    with suppress(InvalidGs1):
        elements.extend(elements_in(text))
    begins = _GTIN_FIRST.match(text.lstrip(SEPARATOR))
    return _of_known(tuple(elements)) or (_item(begins["gtin"]) if begins else None)


def _of_number(text: str) -> Said | None:
    return _item(text) if text.isascii() and text.isdecimal() else None


def _of_known(elements: tuple[Element, ...]) -> Said | None:
    if gtin := _value(elements, "01"):
        return Item(gtin, elements) if as_14_digits(gtin) else None
    if gln := _value(elements, "414"):
        return Place(gln, _value(elements, "254"))
    return None


def _item(digits: str) -> Item | None:
    gtin = as_14_digits(digits)
    return Item(gtin, (Element("01", gtin),)) if gtin else None


def _value(elements: tuple[Element, ...], ai: str) -> str:
    return next((value for said, value in elements if said == ai), "")
