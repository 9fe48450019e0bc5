"""``receipts``: receipts as PDF, from the database to the bytes, next to bare WeasyPrint on the same HTML."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import cycle, islice
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from pypdf import PdfReader

from instore.receipts.address import link_of
from instore.receipts.issue import issue
from instore.receipts.models import Letterhead, Receipt
from instore.receipts.pdf import ROLL, VARIANT, html_of, pdf_of
from instore.receipts.written import written
from omni_sync.oscar.models import Order, OrderLine, PaymentSource, StockRecord
from omni_sync.sales.models import Sale
from omni_sync.sales.record import payment_type
from settings.bench.goods import make_products, open_shops, settle_down, stock
from settings.bench.rows import Row, Size, middle, percentile

RECEIPTS: Final = 100
LINES: Final = 5
LANGUAGE: Final = "id"
LEAST_RATIO: Final = 0.8
MOST_MILLISECONDS: Final = 200


def run(size: Size) -> Iterator[Row]:
    """Both in this process, in turn: a receipt of the roll that is read, written and drawn, and its HTML alone."""
    (partner,) = open_shops(1)
    stock([partner], make_products(max(size.products, LINES)), 9)
    receipts = _sell(partner)
    settle_down()
    pages = [_page(receipt) for receipt in receipts]
    _ours(receipts[0])
    _bare(pages[0])
    rounds: list[tuple[float, float | None]] = []
    took: list[float] = []
    for _ in range(size.rounds):
        ours = _drive(_ours, receipts, size.seconds)
        bare = _drive(_bare, pages, size.seconds)
        took += ours
        rounds.append((len(ours) / sum(ours), len(bare) / sum(bare)))
    figure, limit = middle(rounds)
    whole = f"{RECEIPTS} receipts of one page each"
    details = {"lines": LINES, "paper": ROLL.name, "rounds": [[round(a, 1), round(b or 0, 1)] for a, b in rounds]}
    yield Row(
        name="receipts", unit="receipts/s", figure=figure, limit=limit, least_ratio=LEAST_RATIO,
        limit_is="WeasyPrint on the same HTML, as the same PDF/UA", details=details,
        checks={whole: all(_pages(_ours(receipt)) == 1 for receipt in islice(receipts, 5))},
    )  # fmt: skip
    yield Row(
        name="receipts-p95", unit="ms at p95", figure=1000 * percentile(took, 95), limit=1000 / (limit or 1),
        most_figure=MOST_MILLISECONDS, limit_is="the average of the same", details=details,
    )  # fmt: skip


def _ours(receipt: Receipt) -> bytes:
    """As a tablet asks for it: found, read, written, drawn."""
    found = Receipt.objects.select_related("order", "place__location").get(pk=receipt.pk)
    return pdf_of(_page(found), form=ROLL)


def _page(receipt: Receipt) -> str:
    said = written(receipt, language=LANGUAGE, link=link_of(receipt))
    return html_of(said, number=receipt.number, form=ROLL)


def _bare(html: str) -> bytes:
    import weasyprint

    pdf: bytes = weasyprint.HTML(string=html).write_pdf(pdf_variant=VARIANT)
    return pdf


def _drive(work: Callable[[Any], bytes], things: list[Any], seconds: float) -> list[float]:
    """How long each took, one after the other."""
    took: list[float] = []
    for thing in cycle(things):
        began = time.perf_counter()
        work(thing)
        took.append(time.perf_counter() - began)
        if sum(took) >= seconds:
            break
    return took


@transaction.atomic
def _sell(partner: int) -> list[Receipt]:
    """Sales of a till, each of some lines at two rates."""
    Letterhead.objects.create(store_id=partner, legal_name="PT Langkah", tax_number="01.234", counts=True)
    records = list(StockRecord.objects.filter(partner=partner).order_by("pk")[: RECEIPTS * LINES])
    goods = cycle(records)
    return [_receipt(partner, number, list(islice(goods, LINES))) for number in range(RECEIPTS)]


def _receipt(partner: int, number: int, records: list[Any]) -> Receipt:
    at = timezone.now() - timedelta(minutes=number)
    facts: dict[str, Any] = {"currency": "IDR", "total_incl_tax": 149000 * len(records), "total_excl_tax": 140000}
    order = Order.objects.create(number=f"bench-{number}", date_placed=at, **facts)
    OrderLine.objects.bulk_create(_line(order, record, turn) for turn, record in enumerate(records))
    Sale.objects.create(
        order=order, source="till", store_id=partner, number=f"R-{number}", occurred_at=at, currency="IDR",
        channel=Sale.Channel.TILL, total=order.total_incl_tax, register="1", associate="a12",
    )  # fmt: skip
    PaymentSource.objects.create(
        order=order, source_type_id=payment_type("cash"), currency="IDR", amount_debited=order.total_incl_tax
    )
    return issue(order=order)


def _line(order: Any, record: Any, turn: int) -> Any:
    net = 149000 if turn % 2 else 134234
    return OrderLine(
        order=order, product_id=record.product_id, stockrecord=record, partner_id=record.partner_id,
        title=f"Kemeja lengan panjang nomor {turn}", partner_sku=record.partner_sku, quantity=1, num_allocated=0,
        tax_code="0" if turn % 2 else "11", unit_price_incl_tax=149000, unit_price_excl_tax=net,
        line_price_incl_tax=149000, line_price_excl_tax=net,
        line_price_before_discounts_incl_tax=149000, line_price_before_discounts_excl_tax=net,
    )  # fmt: skip


def _pages(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)
