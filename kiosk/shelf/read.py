"""What a merchant gives to read or to watch about goods: a few links, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language

from kiosk.links.models import ProductLink
from kiosk.links.types import PRODUCT

MOST: Final = 6
VIDEO: Final = "relatedVideo"
#: What helps who stands before a shelf, this first; other kinds come after, as the merchant wrote them.
FIRST: Final = (VIDEO, "instructions", "sustainabilityInfo")


@dataclass(frozen=True, slots=True)
class ToRead:
    """One link; ``is_video`` says that it is to be watched."""

    title: str
    href: str
    is_video: bool


def to_read(products: Iterable[int]) -> tuple[ToRead, ...]:
    """What is written of a size and of its style, each address once: one query."""
    language = (get_language() or "").partition("-")[0]
    rows = ProductLink.objects.filter(product__in=products).exclude(link_type=PRODUCT)
    spoken = [row for row in rows if row.hreflang.partition("-")[0] in ("", language)]
    spoken.sort(key=lambda row: FIRST.index(row.link_type) if row.link_type in FIRST else len(FIRST))
    first = {row.href: row for row in reversed(spoken)}
    shown = [row for row in spoken if first[row.href] is row][:MOST]
    return tuple(ToRead(row.title, row.href, row.link_type == VIDEO) for row in shown)
