"""A QR code of an address, drawn into a page."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Final

import qrcode  # type: ignore[import-untyped]
from django.utils.safestring import SafeString, mark_safe
from qrcode.constants import ERROR_CORRECT_M  # type: ignore[import-untyped]
from qrcode.image.svg import SvgPathFillImage  # type: ignore[import-untyped]

QUIET: Final = 4  # modules around it (ISO/IEC 18004)
DOTS: Final = 8  # of a picture, for each module


@lru_cache(maxsize=256)  # a page that follows its pickup is read at every change, and its QR stays
def qr_svg(text: str) -> SafeString:
    """An SVG element, black on white, with its own size in nothing but modules: the page says how big it is."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET, image_factory=SvgPathFillImage)
    code.add_data(text)
    drawn: str = code.make_image().to_string(encoding="unicode")
    return mark_safe(drawn)  # noqa: S308 - drawn from modules: nothing of the text is in it


@lru_cache(maxsize=256)
def qr_png(text: str) -> bytes:
    """A picture, a tenth of the drawing's weight: for paper, and for many on a page."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET, box_size=DOTS)
    code.add_data(text)
    out = io.BytesIO()
    code.make_image().get_image().save(out, format="PNG", bits=1, optimize=True)
    return out.getvalue()
