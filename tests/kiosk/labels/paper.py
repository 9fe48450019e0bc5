"""Labels without a database, and sheets as a printer and a scanner see them."""

from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pypdfium2
from PIL import Image, ImageFilter

from kiosk.labels.says import Label
from kiosk.labels.sheets import sheets
from tests.factories import NOON

LABEL = Label(
    product=1, sku="LK-TEE-BLK-M", title="Linen shirt", size="M", colour="black", price=Decimal(149000),
    currency="IDR", gtin="09521234543213", place="A-1",
)  # fmt: skip
DPI = 300


def place(code="menteng", zone="Asia/Jakarta"):
    """What sheets know of a store."""
    return SimpleNamespace(partner=SimpleNamespace(code=code, location=SimpleNamespace(timezone=zone)))


def label(**changes):
    return replace(LABEL, **changes)


def made(*labels, paper="a4-3x7", language="en", store=None):
    return sheets(labels or [LABEL], store=store or place(), paper=paper, language=language, at=NOON)


def words(pdf, page=0):
    return pypdfium2.PdfDocument(pdf)[page].get_textpage().get_text_bounded()


def seen(pdf, page=0, dpi=DPI):
    """A page as it is printed."""
    return pypdfium2.PdfDocument(pdf)[page].render(scale=dpi / 72).to_pil().convert("L")


def worn(image):
    """As a camera sees it: askew, out of focus, grey on grey."""
    turned = image.rotate(7, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    return turned.filter(ImageFilter.GaussianBlur(1.2)).point(lambda shade: 90 + shade * 80 // 255)


def cut(image, box, dpi=DPI):
    """The part of a page that ``box``, in millimetres, is: left, top, width, height."""
    left, top, width, height = (side * dpi / 25.4 for side in box)
    return image.crop((round(left), round(top), round(left + width), round(top + height)))
