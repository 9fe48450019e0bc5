"""A receipt as HTML of its own, and as PDF/UA on A4 or on a roll of 80 mm that is as long as the receipt."""

from __future__ import annotations

import base64
import threading
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import translation

from instore.receipts.written import Written
from omni_sync.design.paper import laid_out
from omni_sync.design.qr import qr_png

VARIANT: Final = "pdf/ua-1"  # ISO 14289-1: tagged, with a title, a language and its fonts
MARGIN: Final = 15.2  # of the roll, in CSS pixels: 4 mm
_own: Final = threading.local()


@dataclass(frozen=True, slots=True)
class Form:
    """What it is printed on."""

    name: str
    is_roll: bool


A4: Final = Form("a4", is_roll=False)
ROLL: Final = Form("80mm", is_roll=True)
FORMS: Final = {form.name: form for form in (A4, ROLL)}


def html_of(said: Written, *, number: str, form: Form = A4) -> str:
    """A page that needs nothing beside itself."""
    facts = {"said": said, "number": number, "form": form, "qr": symbol(said.link)}
    with translation.override(said.language):
        return render_to_string("instore/receipts/paper.html", facts)


def pdf_of(html: str, *, form: Form = A4) -> bytes:
    """One document as PDF; nothing that it might name is fetched. Raises NoPaper where the machine cannot draw."""
    laid = laid_out(html, may_read=("data",)).render(font_config=_fonts(), pdf_variant=VARIANT)
    if form.is_roll:
        _cut(laid.pages[-1])
    pdf: bytes = laid.write_pdf(pdf_variant=VARIANT)
    return pdf


@lru_cache(maxsize=256)
def symbol(link: str) -> str:
    """The QR code of ``link`` as the address of a picture; empty for none."""
    return "data:image/png;base64," + base64.b64encode(qr_png(link)).decode() if link else ""


def _fonts() -> Any:
    """What a thread has once found out about the fonts; Pango's are not for two at a time."""
    from weasyprint.text.fonts import FontConfiguration

    if not hasattr(_own, "fonts"):
        _own.fonts = FontConfiguration()
    return _own.fonts


def _cut(page: Any) -> None:
    """Let the roll end under what stands on it: it was laid out on one longer than any receipt."""
    (root, *_) = page._page_box.all_children()
    page.height = root.position_y + root.margin_height() + MARGIN
