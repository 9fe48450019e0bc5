"""A sale from any channel becomes an Oscar order, its lines, its payments and our Sale row: in sets."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from omni_sync import conf
from omni_sync.money.rounding import round_half_up
from omni_sync.oscar.bulk import copy_rows, reserve_each
from omni_sync.oscar.models import Order, OrderLine, PaymentSource, PaymentSourceType
from omni_sync.sales.documents import SaleLine, SaleToRecord
from omni_sync.sales.models import Return, Sale
from omni_sync.sales.orders import Voided, write_orders
from omni_sync.sales.refund import WaitedFor, settle_waiting_returns
from omni_sync.sales.signals import return_recorded, sale_recorded
from omni_sync.sales.sums import flags_of, total_of
from omni_sync.sales.touch import touch_sales
from omni_sync.sales.void import voided_documents
from omni_sync.transactions import inside_transaction


@dataclass(frozen=True, slots=True)
class Recorded:
    """Where a sale went: its order, and the order line of each of its lines, in the same order."""

    sale_id: int
    order_id: int
    number: str
    line_ids: list[int]


@inside_transaction
def record(*, sales: Sequence[SaleToRecord]) -> list[Recorded]:
    """Write each sale with its order; what does not add up is recorded with the channel's own total, and flagged.

    Moves no stock: the caller posts. Returns that waited for one of these sales get their money part now.
    """
    if not sales:
        return []
    many = sum(len(sale.lines) for sale in sales)
    orders, ids, line_ids = reserve_each((Order, len(sales)), (Sale, len(sales)), (OrderLine, many))
    voided = voided_documents([(sale.where.source, sale.document) for sale in sales])
    numbers = write_orders(sales=sales, ids=orders, voided=voided)
    lines = iter(line_ids)
    recorded = [
        Recorded(pk, order, number, [next(lines) for _ in sale.lines])
        for pk, order, number, sale in zip(ids, orders, numbers, sales, strict=True)
    ]
    pairs = list(zip(sales, recorded, strict=True))
    copy_rows(OrderLine, _LINE, _line_rows(pairs))
    _write_payments(pairs)
    copy_rows(Sale, _SALE, _sale_rows(pairs, voided))
    waited = settle_waiting_returns(
        orders=[WaitedFor(sale.where, sale.number, done.order_id, done.number) for sale, done in pairs]
    )
    touch_sales((done.sale_id, sale) for sale, done in pairs if (sale.where.source, sale.document) not in voided)
    sale_recorded.send(sender=Sale, sale_ids=ids)
    if waited:
        return_recorded.send(sender=Return, returns=waited)
    return recorded


Pair = tuple[SaleToRecord, Recorded]


_LINE = (
    "id",
    "order_id",
    "partner_id",
    "partner_name",
    "partner_sku",
    "partner_line_reference",
    "stockrecord_id",
    "product_id",
    "title",
    "upc",
    "quantity",
    "line_price_incl_tax",
    "line_price_excl_tax",
    "line_price_before_discounts_incl_tax",
    "line_price_before_discounts_excl_tax",
    "unit_price_incl_tax",
    "unit_price_excl_tax",
    "tax_code",
    "status",
    "num_allocated",
)


def _line_rows(pairs: Sequence[Pair]) -> Iterator[tuple[Any, ...]]:
    status = conf.sold_line_status()
    for sale, done in pairs:
        where = sale.where
        for pk, line in zip(done.line_ids, sale.lines, strict=True):
            yield (
                pk,
                done.order_id,
                where.store_id,
                where.store_name,
                line.sku or line.gtin,
                line.line,
                line.stockrecord_id,
                line.product_id,
                line.title or line.sku or line.gtin,
                line.gtin or None,
                line.quantity,
                *_prices(line, sale),
                line.tax_code or None,
                status,
                0,
            )


def _prices(line: SaleLine, sale: SaleToRecord) -> tuple[Decimal, ...]:
    """Amount incl. and excl. tax, the same before the line's discount, and the unit price; the tax as it was told."""
    tax_included, before = sale.tax_included, line.unit_price * line.quantity
    incl, excl = (line.amount, line.amount - line.tax) if tax_included else (line.amount + line.tax, line.amount)
    before_incl, before_excl = (before, before - line.tax) if tax_included else (before + line.tax, before)
    unit_tax = round_half_up(line.tax / line.quantity, sale.currency)
    unit_incl = line.unit_price if tax_included else line.unit_price + unit_tax
    unit_excl = line.unit_price - unit_tax if tax_included else line.unit_price
    return incl, excl, before_incl, before_excl, unit_incl, unit_excl


_SALE = (
    "id",
    "order_id",
    "source",
    "store_id",
    "number",
    "event_id",
    "occurred_at",
    "currency",
    "exchange",
    "person_id",
    "flags",
    "voided_at",
    "channel",
    "register",
    "associate",
    "tax_included",
    "total",
    "discount",
    "rounding",
    "claim_hash",
)


def _sale_rows(pairs: Sequence[Pair], voided: Voided) -> Iterator[tuple[Any, ...]]:
    for sale, done in pairs:
        where = sale.where
        yield (
            done.sale_id,
            done.order_id,
            where.source,
            where.store_id,
            sale.number,
            sale.event_id,
            sale.occurred_at,
            sale.currency,
            sale.exchange,
            sale.person_id,
            flags_of(sale),
            voided.get((where.source, sale.document)),
            sale.channel,
            sale.register,
            sale.associate,
            sale.tax_included,
            total_of(sale),
            sale.discount,
            sale.rounding,
            sale.claim_hash,
        )


def _write_payments(pairs: Sequence[Pair]) -> None:
    methods = {p.method for sale, _ in pairs for p in sale.payments}
    types = _known_types(methods)
    types |= {method: payment_type(method) for method in sorted(methods - types.keys())}
    rows = [
        (done.order_id, types[payment.method], sale.currency, payment.amount, payment.amount, payment.reference)
        for sale, done in pairs
        for payment in sale.payments
    ]
    copy_rows(
        PaymentSource,
        ("order_id", "source_type_id", "currency", "amount_allocated", "amount_debited", "reference"),
        rows,
    )


def _known_types(methods: Collection[str]) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, id FROM payment_sourcetype WHERE code = ANY(%s)", [list(methods)])
        return dict(cursor.fetchall())


def payment_type(method: str) -> int:
    """Oscar's source type for a till's payment method, made where there is none."""
    kind, _ = PaymentSourceType.objects.get_or_create(code=method[:128], defaults={"name": method[:128]})
    return int(kind.pk)
