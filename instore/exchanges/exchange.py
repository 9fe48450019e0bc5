"""Goods for goods: one return and one sale with the difference, in one transaction, or nothing."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils import timezone

from instore.exchanges.articles import Article, articles_at
from instore.exchanges.exceptions import NoneLeft, OtherDifference
from instore.exchanges.paying import payments_for
from instore.exchanges.prices import Going, Out, going_out
from instore.exchanges.tell import tell_shopper
from instore.receipts.issue import issue
from instore.returns.left import Left
from instore.returns.models import Method
from instore.returns.take_back import SOURCE, Back, ForGoods, Worth, fingerprint, take_back_inside, where_of
from instore.returns.worth import ZERO
from instore.staff.guard import OnDuty
from instore.tablet.owed import Method as Pay
from instore.vouchers.ledger import at_the_tablet, take
from instore.vouchers.models import CreditVoucher
from omni_sync.oscar.models import Order
from omni_sync.sales.documents import SaleLine, SaleToRecord
from omni_sync.sales.models import Return, Sale
from omni_sync.sales.record import record
from omni_sync.stock.exceptions import SoldOut
from omni_sync.stock.hold import Holder, Line, hold, release
from omni_sync.stock.models import Hold, Movement
from omni_sync.stock.post import post
from omni_sync.stock.posting import Posting

CHANNEL: Final = Sale.Channel.TABLET.value


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What came back and what went out for it."""

    back: Return
    sale: Sale


@dataclass
class _Deal:
    """What goes out: the articles before anything is locked, the lines once it is known what comes back."""

    articles: dict[int, Article]
    out: Sequence[Out]
    shown: Decimal | None
    is_gift: bool = False
    going: list[Going] = field(default_factory=list)
    kept: Decimal = ZERO
    due: Decimal = ZERO

    def pay(self, left: Left, worth: Sequence[Worth]) -> Decimal:
        """How much of the worth of what comes back stays in what goes out; the rest of its price is due.

        A present is worth a voucher, all of it, and that voucher pays.
        """
        currency = left.paper.currency
        self.going = going_out(self.out, articles=self.articles, worth=worth, currency=currency)
        costs, amount = sum_of(self.going), sum((one.amount for one in worth), ZERO)
        if self.shown is not None and self.shown != costs - amount:
            raise OtherDifference(costs - amount, currency)
        self.kept, self.due = min(costs, amount), max(costs - amount, ZERO)
        return ZERO if self.is_gift else self.kept


def sum_of(going: Sequence[Going]) -> Decimal:
    """What they cost together."""
    return sum((one.amount for one in going), ZERO)


def exchange(
    *,
    order: Order,
    lines: Sequence[Back],
    out: Sequence[Out],
    method: Method,
    pay: Pay,
    duty: OnDuty,
    key: str,
    shown: Decimal | None = None,
    is_gift: bool = False,
) -> Exchanged:
    """Take ``lines`` of ``order`` back and let ``out`` go for them; the same key is the same exchange.

    ``pay`` is how a difference is paid, ``method`` how one goes back, ``shown`` the difference that was agreed to.
    ``is_gift``: who was given it brings it; they get a voucher of its worth, which pays, and who bought it gets nothing
    and is told nothing, also when the new goods come back.
    Raises what ``take_back`` does, NothingTaken, NotForSale, NoneLeft, OtherDifference.
    """
    with transaction.atomic(durable=True):
        number = new_number()
        deal = _Deal(articles_at(duty.store, _products(order, lines, out)), out, shown, is_gift)
        goods = ForGoods(number, _said(out, pay), _postings(deal, number), deal.pay)
        back = take_back_inside(
            order=order, lines=lines, method=method, duty=duty, key=key, goods=goods, is_gift=is_gift
        )
        if back.exchange != number:  # done before, under this key
            return Exchanged(back, sale_of(back))
        sale = _sell(deal, back, pay, duty)
        receipt = issue(order=sale.order)
        if not is_gift:
            tell_shopper(back=back, order=order, sale=sale, receipt=receipt, due=deal.due)
        return Exchanged(back, sale)


def new_number() -> str:
    """One that nobody has and everybody can read out: of the exchange, and of its sale."""
    return f"X-{secrets.token_hex(5).upper()}"


def sale_of(back: Return) -> Sale:
    """What went out for ``back``."""
    sales = Sale.objects.select_related("order").filter(exchange=back.exchange)
    return sales.get(source=back.source, store=back.store_id)


def _products(order: Order, lines: Sequence[Back], out: Sequence[Out]) -> set[int]:
    """What goes out, and what comes back: the same style has the same price."""
    came = order.lines.filter(pk__in=[back.line for back in lines if back.quantity > 0])
    return {one.product for one in out} | {pk for pk in came.values_list("product_id", flat=True) if pk}


def _said(out: Sequence[Out], pay: Pay) -> str:
    return fingerprint(out=[[one.product, one.quantity] for one in out], pay=pay).hex()


def _postings(deal: _Deal, number: str) -> list[Posting]:
    """What leaves the shelf, by article: its levels are locked with those of what comes back."""
    now, records = timezone.now(), {pk: one.stockrecord_id for pk, one in deal.articles.items() if one.left is not None}
    return [
        Posting(record, Movement.Kind.SALE, -one.quantity, now, SOURCE, number, str(at))
        for at, one in enumerate(deal.out)
        if (record := records.get(one.product)) is not None
    ]


def _sell(deal: _Deal, back: Return, pay: Pay, duty: OnDuty) -> Sale:
    number = back.exchange
    voucher = CreditVoucher.objects.filter(sale_return=back).first() if deal.is_gift and deal.kept else None
    told = SaleToRecord(
        where=where_of(duty),
        number=number,
        occurred_at=timezone.now(),
        currency=back.currency,
        lines=[_line(at, going) for at, going in enumerate(deal.going, 1)],
        payments=payments_for(kept=deal.kept, due=deal.due, method=pay, number=number, voucher=voucher),
        channel=CHANNEL,
        register=str(duty.device)[:64],
        associate=str(duty.associate)[:64],
        exchange=number,
        person_id=back.person_id,
    )
    (done,) = record(sales=[told])
    _leave(told, deal.going, Holder(Hold.ORDER, done.number))
    sale = Sale.objects.select_related("order").get(pk=done.sale_id)
    if voucher is not None:
        key = f"exchange-{number}"
        take(voucher=voucher, amount=deal.kept, order=sale.order, key=key, at=at_the_tablet(duty))
    return sale


def _leave(told: SaleToRecord, going: Sequence[Going], holder: Holder) -> None:
    """Promise the goods, all or none, and let them go: nobody else gets them meanwhile (R2). Raises NoneLeft."""
    counted = [(line, one) for line, one in zip(told.lines, going, strict=True) if one.article.left is not None]
    lines = [Line(line.stockrecord_id, line.quantity) for line, _ in counted if line.stockrecord_id]
    try:
        hold(lines=lines, holder=holder, until=None)
    except SoldOut as refusal:
        short = refusal.lines[0]
        title = next(line.title for line, _ in counted if line.stockrecord_id == short.stockrecord_id)
        raise NoneLeft(title, short.available) from refusal
    release(holder=holder, reason=Hold.Reason.COLLECTED)
    post(
        postings=[
            Posting(
                line.stockrecord_id,
                Movement.Kind.SALE,
                -line.quantity,
                told.occurred_at,
                SOURCE,
                told.document,
                line.line,
            )
            for line, _ in counted
            if line.stockrecord_id
        ]
    )


def _line(at: int, going: Going) -> SaleLine:
    article = going.article
    return SaleLine(
        line=str(at),
        quantity=going.quantity,
        unit_price=going.each,
        amount=going.amount,
        tax=going.tax,
        sku=article.sku,
        gtin=article.gtin,
        title=article.title,
        tax_code=going.tax_code,
        product_id=article.product_id,
        stockrecord_id=article.stockrecord_id,
    )
