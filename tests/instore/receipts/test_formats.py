"""A receipt says the same on a screen, on every paper and to a till's printer, to the smallest coin."""

import io
import re
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pypdf
import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from page import ValidationProfile, validate_pdf_bytes

from instore.receipts.escpos import escpos_of, printable
from instore.receipts.paper import Paid
from instore.receipts.pdf import A4, FORMS, ROLL, html_of, pdf_of
from instore.receipts.written import written
from omni_sync.design.paper import laid_out
from tests.instore.receipts.made import LINK, RECEIPT, a_line, a_paper, said_amounts
from tests.instore.receipts.reading import amounts, letters, of_escpos, of_html, of_pdf, sizes, symbols, words

GOLDEN = Path(__file__).parent / "golden"
COINS = {"IDR": 0, "EUR": 2, "JPY": 0}
HOSTILE = [
    "<script>alert(1)</script>", "\x1b@\x1dV\x00 cut", "\x00nul", "{{ 7|add:7 }}", "a" * 200, "\U0001d57fee \u202eeet",
    "\u8863\u985e T",
    "{% load %}", "&amp; & &lt;", "tab\tand\nline",
]  # fmt: skip


def in_words(paper, language="en", *, link="", **more):
    return written(RECEIPT, paper=paper, language=language, link=link, **more)


def all_forms(said):
    page = html_of(said, number=RECEIPT.number)
    roll = html_of(said, number=RECEIPT.number, form=ROLL)
    return {
        "html": of_html(page), "a4": of_pdf(pdf_of(page)), "80mm": of_pdf(pdf_of(roll, form=ROLL)),
        "escpos": of_escpos(escpos_of(said)), "escpos-58": of_escpos(escpos_of(said, roll=58)),
    }  # fmt: skip


@st.composite
def papers(draw):
    """Documents of any currency, with tax in it or on top, several rates, discounts, rounding and refunds."""
    currency = draw(st.sampled_from(list(COINS)))
    unit = Decimal(1).scaleb(-COINS[currency])

    def coins(least, most):
        return draw(st.integers(least, most)) * unit

    included = draw(st.booleans())
    lines = [
        a_line(
            number, "Thing", quantity := draw(st.integers(1, 12)), price := coins(1, 9_999_999),
            discount=coins(0, int(quantity * price / unit)), rate=draw(st.sampled_from(["", "0", "7.5", "11", "19"])),
            tax=coins(0, 5000), included=included,
        )
        for number in range(draw(st.integers(1, 5)))
    ]  # fmt: skip
    lines = [line for line in lines if line.net >= 0] or [a_line(included=included)]
    paper = a_paper(lines, currency=currency, included=included, rounding=coins(-99, 99), shipping=coins(0, 500))
    back = draw(st.sampled_from([(), (Paid("card", -unit, ""),), (Paid("cash", -paper.total, ""),)]))
    voided = draw(st.sampled_from([None, datetime(2026, 11, 22, tzinfo=UTC)]))
    paid = tuple(one for one in (Paid("qris", paper.total, ""), *back) if one.amount)
    return a_paper(lines, currency=currency, included=included, rounding=paper.rounding, shipping=paper.shipping,
                   paid=paid, voided_at=voided)  # fmt: skip


@settings(max_examples=12)
@given(paper=papers(), language=st.sampled_from(["en", "id"]))
def test_every_amount_is_the_same_in_every_form(paper, language):
    expected = Counter(said_amounts(paper))
    for form, text in all_forms(in_words(paper, language)).items():
        assert amounts(text, language) == expected, form


@pytest.mark.parametrize("language", ["en", "id"])
def test_pdf_says_what_the_page_says_word_for_word(language):
    lines = [a_line(n, f"Kemeja lengan panjang nomor {n}", n, discount="500", tax="700") for n in range(1, 51)]
    said = in_words(a_paper(lines, rounding="-40"), language, link=LINK, copy=1)
    page = words(of_html(html_of(said, number="MT-7")))
    for form in FORMS.values():
        pdf = pdf_of(html_of(said, number="MT-7", form=form), form=form)
        assert words(of_pdf(pdf)) == page, form.name


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_symbol_is_read_off_the_paper(form):
    pdf = pdf_of(html_of(in_words(a_paper([a_line()]), link=LINK), number="MT-7", form=form), form=form)
    assert symbols(pdf, dots=2) == [LINK]


def test_roll_is_as_long_as_what_stands_on_it():
    def printed(lines):
        said = in_words(a_paper([a_line(n) for n in range(lines)]), link=LINK)
        return sizes(pdf_of(html_of(said, number="MT-7", form=ROLL), form=ROLL))

    ((width, short),), ((_, long),) = printed(1), printed(50)
    assert width == 80
    assert 120 < short < 220
    assert 7 < (long - short) / 49 < 14


@pytest.mark.parametrize("title", HOSTILE)
def test_title_is_text_and_nothing_else(title):
    said = in_words(a_paper([a_line(title=title)]))
    page = html_of(said, number="MT-7")
    assert "<script>" not in page
    assert letters(of_pdf(pdf_of(page)))["G"] >= 1
    printed = escpos_of(said)
    assert printed.count(b"\x1d") == 1  # the cut at the end, no other
    assert printed.count(b"\x1b@") == 1
    assert max(map(len, of_escpos(printed).splitlines())) <= 42


def test_nothing_is_fetched_for_a_page():
    address = "http://127.0.0.1:9/never.png"
    pdf = pdf_of(f'<html lang="en"><title>x</title><img alt="x" src="{address}"><img alt="x" src="file:///etc/passwd">')
    assert pdf.startswith(b"%PDF")


def test_pdf_is_tagged_titled_and_has_its_fonts_with_it():
    said = in_words(a_paper([a_line()]), "id", link=LINK)
    for form in (A4, ROLL):
        reader = pypdf.PdfReader(io.BytesIO(pdf_of(html_of(said, number="MT-7", form=form), form=form)))
        root = reader.trailer["/Root"]
        assert root["/Lang"] == "id"
        assert root["/MarkInfo"]["/Marked"]
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert reader.metadata.title.endswith("MT-7, Menteng")
        assert b"pdfuaid" in root["/Metadata"].get_data()
        tags = Counter(tag for tag, _ in tagged(root["/StructTreeRoot"]))
        assert tags["/Table"] >= 4
        assert tags["/TH"] >= 6
        assert tags["/H1"] == 1
        assert [alt for tag, alt in tagged(root["/StructTreeRoot"]) if tag == "/Figure"] != [""]
        for font in reader.pages[0]["/Resources"]["/Font"].values():
            (inner,) = font.get_object()["/DescendantFonts"]
            described = inner.get_object()["/FontDescriptor"].get_object()
            assert "/FontFile2" in described or "/FontFile3" in described


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize(
    "more",
    [{}, {"copy": 1}, {"is_gift": True}, {"link": ""}, {"lines": 60}],
    ids=["as it is", "a copy", "a gift", "without a code", "long"],
)
def test_every_rule_of_pdf_ua_that_a_machine_can_check_is_kept(form, more):
    lines = [a_line(n, f"Kemeja lengan panjang nomor {n}", n) for n in range(1, more.pop("lines", 3))]
    said = in_words(a_paper(lines, rounding="-40"), "id", **{"link": LINK, **more})
    assert broken(pdf_of(html_of(said, number="MT-7", form=form), form=form)) == []


def test_what_breaks_a_rule_of_pdf_ua_is_found():
    html = html_of(in_words(a_paper([a_line()]), link=LINK), number="MT-7")
    assert broken(pdf_of(html.replace(' alt="', ' data-alt="'))) == ["PDFUA1-FIGURE-ALTERNATIVE-TEXT-001"]
    plain = laid_out(html, may_read=("data",)).write_pdf()
    assert {"PDFUA1-TAGGED-DOCUMENT-001", "PDFUA1-ID-PART-001"} <= set(broken(plain))


def broken(pdf):
    """The rules of ISO 14289-1 that it does not keep, of those that a machine can check."""
    report = validate_pdf_bytes(pdf, profile=ValidationProfile.PDF_UA_1)
    return [failure.rule_id for failure in report.failures]


def tagged(node):
    node = node.get_object()
    if isinstance(node, pypdf.generic.ArrayObject):
        for each in node:
            yield from tagged(each)
    elif isinstance(node, pypdf.generic.DictionaryObject):
        if "/S" in node:
            yield str(node["/S"]), str(node.get("/Alt", ""))
        if "/K" in node:
            yield from tagged(node["/K"])


def test_printer_gets_the_bytes_it_always_got():
    lines = [
        a_line(1, "Kawan tee, Indigo, M", 2, discount="8000", tax="28739"),
        a_line(2, "Kaus kaki panjang sekali dengan nama yang tidak muat di satu baris", 1, "50000", rate="0"),
    ]
    paper = a_paper(lines, rounding="-100", paid=(Paid("cash", Decimal(339900), ""), Paid("cash", Decimal(-50000), "")))
    with translation.override("en"):
        printed = escpos_of(in_words(paper, link=LINK, copy=1))
    golden = GOLDEN / "receipt-80mm.escpos"
    assert printed == golden.read_bytes()


def test_figures_stand_at_the_right_edge_of_the_roll():
    for line in of_escpos(escpos_of(in_words(a_paper([a_line(discount="500")])))).splitlines():
        assert not re.search(r"Rp[\d,]+$", line) or len(line) == 42, line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Crème brûlée €5", "Crème brûlée €5"),
        ("\u0141\xf3d\u017a \u2013 \u201cx\u201d\u2026", '?\xf3dz - "x"...'),
        ("衣", "?"),
        ("a\x1b@b\x00", "a@b"),
        ("é", "é"),
    ],
)
def test_letters_that_a_printer_lacks_are_replaced(text, shown):
    assert printable(text) == shown


def test_gift_receipt_has_no_amount_on_any_paper():
    said = in_words(a_paper([a_line(n, f"Tee {n}") for n in (1, 2)], rounding="5"), link=LINK, is_gift=True)
    for form, text in all_forms(said).items():
        assert not amounts(text, "en"), form
        assert "149" not in text.replace(LINK, ""), form
        assert "Gift receipt" in text, form
        assert "Tee 2" in text, form


def test_what_became_of_a_sale_is_said_before_the_goods():
    voided = in_words(a_paper([a_line()], voided_at=datetime(2026, 11, 22, tzinfo=UTC)))
    assert "no longer good" in voided.marks[0]
    paid = (Paid("cash", Decimal(149000), ""), Paid("cash", Decimal(-149000), ""))
    assert in_words(a_paper([a_line()], paid=paid)).marks == ("All of the money went back.",)
    some = (paid[0], Paid("voucher", Decimal(-49000), ""))
    assert in_words(a_paper([a_line()], paid=some)).marks == ("Rp49,000 of the money went back.",)


def test_letter_says_the_same_amounts():
    paper = a_paper([a_line(discount="500", tax="700"), a_line(2, rate="19", tax="5")], rounding="-40")
    said = in_words(paper, link=LINK)
    facts = {
        "goods": [[good.title, good.each, good.discount, good.amount] for good in said.goods],
        "sums": [[one.label, one.value] for one in said.sums],
        "paid": [[one.label, one.value] for one in said.paid],
        "taxes": [[one.rate, one.net, one.tax, one.gross] for one in said.taxes],
    }
    for kind in ("txt", "html"):
        text = re.sub(r"<[^>]+>", " ", render_to_string(f"lintas/letters/receipt.{kind}", facts))
        assert amounts(text, "en") == Counter(said_amounts(paper)), kind
