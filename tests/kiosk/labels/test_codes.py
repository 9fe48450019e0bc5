import re

import qrcode
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from qrcode.util import MODE_ALPHA_NUM

from kiosk.labels.codes import UNDER, bars, square
from kiosk.labels.drawn import drawn
from kiosk.labels.formats import DOT, FORMATS
from kiosk.links.address import symbol_link
from omni_sync.catalogue.gtin import check_digit, normalise
from tests.kiosk.labels.paper import LABEL, place


def picture(path, width, height, *, scale=4):
    """A path of rectangles or strokes as an image."""
    image = Image.new("L", (int(width * scale), int(height * scale)), 255)
    pen = ImageDraw.Draw(image)
    for part in path.split("M")[1:]:
        x, y, wide, tall = re.match(r"([\d.]+) ([\d.]+)h(\d+)(?:v([\d.]+))?", part).groups()
        top = float(y) if tall else float(y) - 0.5  # a stroke
        sides = [float(x), top, float(x) + float(wide), top + float(tall or 1)]
        pen.rectangle([side * scale - (1 if number > 1 else 0) for number, side in enumerate(sides)], fill=0)
    return image


@given(st.integers(1, 10**12 - 1), st.booleans())
def test_linear_codes_say_the_number_with_room_around_it(number, is_short):
    payload = f"{number % 10**7:07}" if is_short else f"{number:012}"
    if not payload.strip("0"):
        payload = "1" * len(payload)
    shown = f"{payload}{check_digit(payload)}"
    gtin = normalise(shown)
    code = bars(gtin, 30)
    read = zxingcpp.read_barcodes(picture(code.path, code.width, code.height), formats=zxingcpp.BarcodeFormat.EANUPC)
    assert [normalise(found.text) for found in read] == [gtin]
    assert "".join(digits.text for digits in code.digits) == (gtin[6:] if code.name == "EAN-8" else gtin[1:])
    assert code.left == {"EAN-8": 7, "EAN-13": 11}[code.name]
    assert code.width - code.left - {"EAN-8": 67, "EAN-13": 95}[code.name] == 7
    assert code.height == 30 + UNDER


def test_what_a_till_can_read_gets_a_linear_code():
    assert bars("09521234543213", 30).name == "EAN-13"
    assert bars("00036000291452", 30).digits[0].text == "0"  # UPC-A: the same bars
    assert bars("00000096385074", 30).name == "EAN-8"
    assert bars("10012345678902", 30) is None  # a case of twelve


def test_the_link_of_a_symbol_is_kept_in_alphanumeric_mode():
    link = symbol_link(gtin="09521234543213", store="menteng")
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(link, optimize=0)
    assert [part.mode for part in code.data_list] == [MODE_ALPHA_NUM]
    symbol = square(link)
    code.make(fit=True)
    assert symbol.modules == code.modules_count == 29  # version 3; in bytes it would be the next
    read = zxingcpp.read_barcode(picture(symbol.path, 29, 29).resize((290, 290)))
    assert (read.text, read.ec_level) == (link, "M")


def test_symbols_are_whole_dots_of_a_label_printer_and_large_enough(settings):
    for base in (
        "https://a.id",
        "http://localhost:8000",
        "https://shop.langkah-sepatu-indonesia.example",
        "https://" + "x" * 63 + ".id",
    ):
        settings.BASE_URL = base
        for form in FORMATS.values():
            one = drawn(LABEL, form=form, store=place(), language="en")
            module = one.corner.width / one.square.modules
            assert one.corner.width >= form.least >= 18
            assert (module / DOT).is_integer()
            assert one.corner.left == 4 * module
            width, height = form.label
            box = one.corner.width + 2 * one.corner.left
            assert box < height - 10
            assert one.strip.left >= 0
            assert one.strip.left + one.strip.width <= width - box  # the two quiet zones don't meet
            assert form.module >= 0.8 * 0.33
