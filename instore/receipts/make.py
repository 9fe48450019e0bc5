"""A receipt in whatever form it is asked for. Paper is counted, a screen is not."""

from __future__ import annotations

from typing import Final

from instore.receipts.address import link_of
from instore.receipts.escpos import escpos_of
from instore.receipts.models import Receipt
from instore.receipts.pdf import A4, ROLL, Form, html_of, pdf_of
from instore.receipts.prints import count_print
from instore.receipts.written import Written, written
from instore.stores.language import language_of_country
from instore.stores.models import Store
from omni_sync.design.paper import can_draw

#: What ``manage.py receipt --format`` knows.
FORMATS: Final = ("pdf", "thermal", "html", "escpos")


def make(*, receipt: Receipt, kind: str, language: str) -> bytes:
    """The receipt as one of FORMATS. Raises NoPaper; then nothing was printed."""
    if kind == "html":
        said = written(receipt, language=language, link=link_of(receipt))
        return html_of(said, number=receipt.number).encode()
    if kind == "escpos":
        return escpos_of(_for_paper(receipt, language, link_of(receipt)))
    return printed(receipt=receipt, form=ROLL if kind == "thermal" else A4, language=language, link=link_of(receipt))


def printed(*, receipt: Receipt, form: Form, language: str, link: str) -> bytes:
    """A print as PDF: the first is the original, the others are marked as copies. Raises NoPaper."""
    can_draw()
    return pdf_of(html_of(_for_paper(receipt, language, link), number=receipt.number, form=form), form=form)


def gift_printed(*, receipt: Receipt, form: Form, language: str, link: str) -> bytes:
    """The gift receipt as PDF; there may be as many as there are presents. Raises NoPaper."""
    said = written(receipt, language=language, link=link, is_gift=True)
    return pdf_of(html_of(said, number=receipt.number, form=form), form=form)


def language_of(receipt: Receipt) -> str:
    """What paper speaks that nobody asked for in a language: that of the store's country."""
    country = Store.objects.filter(pk=receipt.place_id).values_list("country_code", flat=True).first()
    return language_of_country(country or "")


def _for_paper(receipt: Receipt, language: str, link: str) -> Written:
    return written(receipt, language=language, link=link, copy=count_print(receipt=receipt) - 1)
