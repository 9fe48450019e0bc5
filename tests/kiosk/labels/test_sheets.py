"""What comes out of the printer, measured and read."""

import io
import re
from decimal import Decimal

import pypdf
import pytest
import zxingcpp
from django.utils import translation
from PIL import ImageOps
from weasyprint.urls import URLFetcher

from kiosk.labels import sheets as drawing
from kiosk.labels.drawn import drawn
from kiosk.labels.formats import FORMATS
from kiosk.links.address import symbol_link
from omni_sync.design.paper import NoPaper
from tests.kiosk.labels.conftest import new_gtin
from tests.kiosk.labels.paper import DPI, LABEL, cut, label, made, place, seen, words, worn

MM = 25.4 / DPI
PAPERS = list(FORMATS)
Kind = zxingcpp.BarcodeFormat


def full(form, start=0):
    return [
        label(gtin=new_gtin(), sku=f"SKU-{number}", place=f"A-{number}")
        for number in range(start, start + form.per_page)
    ]


def corner(form, number):
    """How wide the symbol of a label is, and where it and its quiet zone lie on the page."""
    one = drawn(LABEL, form=form, store=place(), language="en")
    side = one.corner.width + 2 * one.corner.left
    left, top = form.place(number)
    return one.corner.width, (left + form.label[0] - side, top, side, side)


def ink(image):
    """The box around everything dark, in millimetres: left, top, right, bottom."""
    return tuple(side * MM for side in ImageOps.invert(image).point(lambda shade: 255 * (shade > 127)).getbbox())


@pytest.mark.parametrize("paper", PAPERS)
def test_pages_and_labels_measure_what_the_paper_does(paper):
    form = FORMATS[paper]
    labels = [*full(form), LABEL]
    pdf = made(*labels, paper=paper)
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) == 2
    for page in pages:
        sizes = [float(side) / 72 * 25.4 for side in page.mediabox[2:]]
        assert sizes == pytest.approx(form.page, abs=0.01)
    page = seen(pdf)
    assert page.size == pytest.approx([side / MM for side in form.page], abs=1)
    for number in range(form.per_page):
        symbol, box = corner(form, number)
        # It stands four of its modules off the upper and the right edge of its label, and nothing is in that zone.
        quiet = 4 * symbol / 29
        assert ink(cut(page, box)) == pytest.approx((quiet, quiet, quiet + symbol, quiet + symbol), abs=0.15)
    last = seen(pdf, 1)
    assert form.per_page == 1 or ink(last)[2] < form.label[0] + form.left
    assert ink(last)[3] < form.label[1] + form.top


def test_sheets_are_those_that_are_sold():
    small, large = FORMATS["a4-3x7"], FORMATS["a4-2x4"]
    for form, across, down in [(small, 66.04, 38.1), (large, 101.6, 67.7)]:
        (left, top), (next_left, _), (_, next_top) = form.place(0), form.place(1), form.place(form.columns)
        assert (round(next_left - left, 2), round(next_top - top, 2)) == (across, down)
        right, bottom = (at + size for at, size in zip(form.place(form.per_page - 1), form.label, strict=True))
        assert (left, top) == pytest.approx((210 - right, 297 - bottom), abs=0.01)  # the same margin all around


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("wear", [lambda image: image, worn], ids=["printed", "worn"])
def test_both_codes_of_every_label_are_read_back(paper, wear):
    form = FORMATS[paper]
    labels = full(form)
    page = seen(made(*labels, paper=paper))
    for number, each in enumerate(labels):
        picture = wear(cut(page, (*form.place(number), *form.label)))
        # Not in a smaller copy of the picture as well: out of focus, that has too few dots for the bars.
        read = zxingcpp.read_barcodes(picture, formats=[Kind.QRCode, Kind.EAN13], try_downscale=False)
        link = symbol_link(gtin=each.gtin, store="menteng")
        assert link == link.upper()
        assert sorted(found.text for found in read) == sorted([link, each.gtin[1:]])


@pytest.mark.parametrize("paper", PAPERS)
def test_the_shorter_code_of_a_gtin_8_is_read_back(paper):
    read = zxingcpp.read_barcodes(worn(seen(made(label(gtin="00000096385074"), paper=paper))), formats=[Kind.EAN8])
    assert [found.text for found in read] == ["96385074"]


@pytest.mark.parametrize(
    ("language", "price", "currency", "says"),
    [
        ("en", "149000", "IDR", "Rp149,000"),
        ("id", "149000", "IDR", "Rp149.000"),
        ("id", "12499000", "IDR", "Rp12.499.000"),
        ("en", "19.9", "EUR", "€19.90"),
        ("id", "19.9", "EUR", "€19,90"),
    ],
)
def test_a_label_says_what_it_is_what_it_costs_and_where_it_stands(language, price, currency, says):
    one = label(price=Decimal(price), currency=currency)
    for paper in PAPERS:
        said = words(made(one, paper=paper, language=language))
        for word in ("Linen shirt", "M ·", says, "A-1", "LK-TEE-BLK-M", "521234", "543213", "21 Nov 2025"):
            assert word in said


def test_the_merchants_words_are_in_the_papers_language(tmp_path, monkeypatch):
    def said(context, word):
        return {"Linen shirt": "Kemeja linen", "black": "hitam"}[word] if translation.get_language() == "id" else word

    monkeypatch.setattr("kiosk.labels.drawn.pgettext", said)
    assert "Kemeja linen" in words(made(language="id"))
    assert "hitam" in words(made(language="id"))
    assert "Linen shirt" in words(made(language="en"))


def test_a_colour_that_the_name_says_is_not_said_twice():
    assert drawn(LABEL, form=FORMATS["a4-3x7"], store=place(), language="en").kind == "M · black"
    for title, kind in [("Linen shirt, Black", "M"), ("Blackbird shirt", "M · black"), ("Shirt (black)", "M")]:
        assert drawn(label(title=title), form=FORMATS["a4-3x7"], store=place(), language="en").kind == kind


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(
    "title",
    [
        "Waterproof trail running shoe with removable insole, recycled upper and a name that never ends " * 3,
        "Krankenversicherungsbescheinigungsmappe" * 5,
        "<script>alert(1)</script> & <img src=x> </h2></article><style>*{display:none}</style>",
    ],
)
def test_a_long_or_hostile_name_disturbs_neither_the_codes_nor_the_price(paper, title):
    form = FORMATS[paper]
    one = label(
        title=title, price=Decimal(12499000), size="42⅔", colour="anthracite mélange with copper", sku="S" * 128
    )
    pdf = made(one, paper=paper)
    assert "Rp12,499,000" in words(pdf)
    assert title.split()[0][:10] in words(pdf).replace("\r\n", "")
    page = seen(pdf)
    assert len(zxingcpp.read_barcodes(page, formats=[Kind.QRCode, Kind.EAN13])) == 2
    _symbol, box = corner(form, 0)
    assert ink(cut(page, box)) == pytest.approx(ink(cut(seen(made(paper=paper)), box)), abs=0.1)


def test_the_price_is_as_large_as_fits_and_stays_beside_the_symbol():
    for paper, form in FORMATS.items():
        for price in ("9", "149000", "12499000", "1234567890"):
            page = seen(made(label(price=Decimal(price), gtin=""), paper=paper))
            plain = cut(page, (*form.place(0), *form.label))
            assert ink(plain)[2] < form.label[0] - 2


@pytest.mark.parametrize("gtin", ["", "09521234543214"])
def test_goods_without_a_number_get_a_label_without_codes(gtin):
    pdf = made(label(gtin=gtin))
    assert zxingcpp.read_barcodes(seen(pdf)) == []
    assert "Rp149,000" in words(pdf)


@pytest.mark.parametrize("paper", PAPERS)
def test_a_number_of_this_shop_alone_is_for_its_tills_and_in_no_link(paper):
    form = FORMATS[paper]
    pdf = made(label(gtin="02000000000015", place="A-12"), paper=paper)
    page = seen(pdf)
    assert [found.text for found in zxingcpp.read_barcodes(page)] == ["2000000000015"]
    one = drawn(label(gtin="02000000000015"), form=form, store=place(), language="en")
    assert one.square is None
    assert form.label[0] - form.pad - one.facts_at > 15  # beside the bars there is room for the place
    assert "A-12" in words(pdf)


def test_fonts_are_embedded_and_the_document_says_what_it_is():
    reader = pypdf.PdfReader(io.BytesIO(made(language="id")))
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        kind = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert "/FontFile2" in kind or "/FontFile3" in kind
    assert reader.metadata.title


def test_nothing_is_fetched_for_a_label():
    html = '<img src="http://127.0.0.1:9/x.png"><link rel="stylesheet" href="file:///etc/hostname">'
    assert drawing.printed(html).startswith(b"%PDF")
    with pytest.raises(ValueError, match="disallowed"):
        URLFetcher(allowed_protocols=()).fetch("http://127.0.0.1:9/x.png")


def test_a_long_run_is_laid_out_in_portions():
    labels = [label(sku=f"S-{number}") for number in range(205)]
    portions = list(drawing.pages(labels, store=place(), paper="a4-3x7", language="en", at=drawing.timezone.now()))
    assert [len(re.findall("<article", html)) for html in portions] == [84, 84, 37]


def test_without_pango_it_says_what_to_install(monkeypatch):
    import sys

    class Missing:
        def find_spec(self, name, *_):
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    with pytest.raises(NoPaper) as refusal:
        made()
    assert "apt-get install libpango" in refusal.value.lacking
