"""One label as it is laid out: words in the paper's language, codes, and how large the price can be."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from django.utils.translation import pgettext

from instore.stores.models import Store
from kiosk.labels.codes import QUIET, Bars, Square, bars, square
from kiosk.labels.formats import DOT, Format
from kiosk.labels.says import Label
from kiosk.links.address import symbol_link
from omni_sync.money.formatting import format_money

#: Widths of bold characters in ems, of the widest of our fonts: a price that fits in it fits in all of them.
DIGIT, LETTER, SIGN = 0.70, 0.80, 0.40


@dataclass(frozen=True, slots=True)
class Box:
    """Where something stands, in millimetres; ``left`` counts from the edge that it is nearer to."""

    left: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the template needs, lengths in millimetres. ``words`` is how wide the column beside the QR symbol is.

    ``corner`` is the QR symbol without its quiet zone, which is the margin to the two edges of the label.
    """

    label: Label
    title: str
    kind: str
    price: str
    price_size: float
    words: float
    square: Square | None = None
    corner: Box | None = None
    bars: Bars | None = None
    strip: Box | None = None

    @property
    def facts_at(self) -> float:
        """Where the small print begins, from the left: beside the bars, which no QR symbol keeps it away from."""
        return round(self.strip.left + self.strip.width, 3) if self.strip else 0.0


def drawn(label: Label, *, form: Format, store: Store, language: str) -> Drawn:
    """``label`` on ``form``, its words in ``language``, which is the active one."""
    symbol = square(symbol_link(gtin=label.published, store=store.partner.code)) if label.published else None
    module = _module(symbol.modules, form) if symbol else 0.0
    side = module * symbol.modules if symbol else 0.0
    beside = side + 2 * QUIET * module if symbol else form.pad
    words = round(form.label[0] - form.pad - beside, 3)
    title, colour = _said(label.title), _said(label.colour)
    if re.search(rf"\b{re.escape(colour)}\b", title, re.IGNORECASE):  # "Tee, black": once is enough
        colour = ""
    price = format_money(label.price, label.currency, language)
    linear = bars(label.number, round(form.bars / form.module, 2)) if label.number else None
    return Drawn(
        label=label,
        title=title,
        kind=" · ".join(word for word in (label.size, colour) if word),
        price=price,
        price_size=round(min(form.price, words / _ems(price)), 2),
        words=words,
        square=symbol,
        corner=Box(module * QUIET, side, side) if symbol else None,
        bars=linear,
        strip=_strip(linear, form) if linear else None,
    )


def _strip(linear: Bars, form: Format) -> Box:
    """The first bar stands under the first letter of the words."""
    module = form.module
    return Box(
        round(form.pad - linear.left * module, 3), round(linear.width * module, 3), round(linear.height * module, 3)
    )


def _module(modules: int, form: Format) -> float:
    """Whole dots of a label printer, as few as make the symbol large enough."""
    return math.ceil(round(form.least / modules / DOT, 6)) * DOT


def _said(word: str) -> str:
    return pgettext("product", word) if word else ""


def _ems(price: str) -> float:
    return sum(DIGIT if one.isdigit() else LETTER if one.isalpha() or ord(one) > 127 else SIGN for one in price)  # noqa: PLR2004
