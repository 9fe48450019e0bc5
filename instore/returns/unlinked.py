"""Goods come back without a receipt: a manager says what is given for them, at most what they cost today."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from instore.returns.exceptions import AboveThePrice, ManagerDecides, NothingChosen
from instore.returns.models import Disposition, Method, Reason, TakenBackLine
from instore.returns.shelf import records_at
from instore.returns.take_back import (
    SOURCE,
    fingerprint,
    is_manager,
    known_under,
    new_number,
    note_taken,
    where_of,
)  # fmt: skip
from instore.returns.tenders import CASH
from instore.returns.worth import ZERO
from instore.staff.guard import OnDuty
from instore.stores.models import Store
from instore.vouchers.refund import give, onto_a_new_one
from omni_sync.catalogue.beside import facts_beside
from omni_sync.catalogue.exceptions import InvalidGtin
from omni_sync.catalogue.models import Gtin
from omni_sync.catalogue.scanned import gtin_in
from omni_sync.money.exponents import unit
from omni_sync.oscar.models import Product, StockRecord
from omni_sync.sales.documents import VOUCHER, Payment, ReturnedLine, ReturnToRecord
from omni_sync.sales.models import Return
from omni_sync.sales.refund import record_return
from omni_sync.stock.models import Movement
from omni_sync.stock.post import post
from omni_sync.stock.posting import Posting
from omni_sync.stock.void import take_turns

LINE = "1"


@dataclass(frozen=True, slots=True)
class Article:
    """Something that somebody brought: what it is, and what it costs at the store today."""

    product: Product
    sku: str
    price: Decimal | None
    currency: str

    @property
    def title(self) -> str:
        return str(self.product.get_title())

    @property
    def facts(self) -> tuple[str, ...]:
        """Its colour and size, where the title does not say them."""
        entry = getattr(self.product, "entry", None)
        return facts_beside(self.title, entry.colour, entry.size) if entry else ()


@dataclass(frozen=True, slots=True)
class Brought:
    """So many of it, what is given for each, and why."""

    quantity: int
    each: Decimal
    reason: Reason
    disposition: Disposition
    note: str
    method: Method = Method.CASH


def article_of(*, said: str, store: Store) -> Article | None:
    """The article with this number on its label; None for none. It has a price only in the money of the store."""
    said = said.replace("\x00", "").strip()[:128]
    product_id = _numbered(said) if said else None
    if product_id is None:
        return None
    records = list(StockRecord.objects.filter(product=product_id).select_related("product__parent", "product__entry"))
    if not records:
        return None
    location = getattr(store.partner, "location", None)
    money = location.currency if location is not None else ""
    prices = {one.pk: one.price if one.price_currency == (money or one.price_currency) else None for one in records}
    records.sort(key=lambda one: (one.partner_id != store.partner_id, prices[one.pk] is None, one.pk))
    best = records[0]
    return Article(best.product, best.partner_sku, prices[best.pk], money or best.price_currency)


def take_back_unlinked(*, article: Article, brought: Brought, duty: OnDuty, key: str) -> Return:
    """Take it back for cash, or a voucher, at the tablet's store; the same key is the same return.

    Raises ManagerDecides, NothingChosen, AboveThePrice with the most that may be given for each, and KeySpent.
    """
    asked = fingerprint(product=article.product.pk, brought=brought)
    if not is_manager(duty):
        raise ManagerDecides
    if brought.quantity <= 0 or brought.each <= ZERO or brought.each % unit(article.currency):
        raise NothingChosen
    assert_price(article, each=brought.each)
    with transaction.atomic(durable=True):
        take_turns([("return", key)])
        known = known_under(key, asked)
        return known or _take(article, brought, duty, key, asked)


def assert_price(article: Article, *, each: Decimal) -> None:
    """Raises AboveThePrice where ``each`` is more than it costs today, or it has no price."""
    if article.price is None or each > article.price:
        raise AboveThePrice(article.price, article.currency)


def _take(article: Article, brought: Brought, duty: OnDuty, key: str, asked: bytes) -> Return:
    amount = brought.each * brought.quantity
    is_sold = brought.disposition == Disposition.SELL
    vouchers = onto_a_new_one(amount) if brought.method == Method.VOUCHER else []
    in_cash = [Payment(CASH, amount)] if amount and not vouchers else []
    told = ReturnToRecord(
        where=where_of(duty),
        number=new_number(),
        occurred_at=timezone.now(),
        currency=article.currency,
        lines=[ReturnedLine(LINE, brought.quantity, amount, is_sold, sku=article.sku, product_id=article.product.pk)],
        refunds=[*in_cash, *(Payment(VOUCHER, one.amount, one.number) for one in vouchers)],
    )
    records = records_at(store=duty.store, product_ids={article.product.pk} if is_sold else set())
    row = record_return(told=told)
    note_taken(row=row, key=key, asked=asked, method=brought.method, duty=duty, note=brought.note[:200])
    give(vouchers, sale_return=row, duty=duty)
    TakenBackLine.objects.create(return_line=row.lines.get(), reason=brought.reason, disposition=brought.disposition)
    post(
        postings=[
            Posting(record, Movement.Kind.RETURN, brought.quantity, told.occurred_at, SOURCE, told.document, LINE)
            for record in records.values()
        ]
    )
    return row


def _numbered(said: str) -> int | None:
    try:
        known = Gtin.objects.filter(value=gtin_in(said)).first()
    except InvalidGtin:
        record = StockRecord.objects.filter(partner_sku__iexact=said).order_by("pk").first()
        return record.product_id if record else None
    return known.product_id if known else None
