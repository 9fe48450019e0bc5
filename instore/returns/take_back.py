"""Goods come back over the counter: pieces, money and stock in one transaction, or nothing."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from instore.returns.allowed import assert_may_come_back
from instore.returns.exceptions import KeySpent, NothingChosen, TooMany, UnknownLine
from instore.returns.left import Left, LeftLine, left_of
from instore.returns.models import Announced, Disposition, Method, Reason, TakenBack, TakenBackLine
from instore.returns.refunds import give_online, refunds_of, vouchers_for
from instore.returns.shelf import records_at
from instore.returns.shown import Shown, assert_sum_as_shown, assert_ways_as_shown
from instore.returns.tell import tell_shopper
from instore.returns.tenders import Share, Tender, shares_of
from instore.returns.through import give_through
from instore.returns.worth import ZERO, within
from instore.staff.guard import OnDuty
from instore.staff.models import Role
from instore.vouchers.refund import as_payments, give
from omni_sync.oscar.models import Order
from omni_sync.people.account import person_id_of
from omni_sync.sales.documents import Payment, ReturnedLine, ReturnToRecord, Where
from omni_sync.sales.exchanged import EXCHANGE, goods_behind
from omni_sync.sales.models import Return, Sale
from omni_sync.sales.refund import record_return
from omni_sync.sales.turn import take_turn
from omni_sync.stock.models import Movement
from omni_sync.stock.post import lock, post
from omni_sync.stock.posting import Posting
from omni_sync.transactions import inside_transaction

SOURCE: Final = Sale.Channel.TABLET.value


@dataclass(frozen=True, slots=True)
class Back:
    """So many of an order's line come back, why, and what becomes of them."""

    line: int
    quantity: int
    reason: Reason = Reason.UNSAID
    disposition: Disposition = Disposition.SELL


@dataclass(frozen=True, slots=True)
class Worth:
    """A line that comes back, and what is given for it."""

    back: Back
    line: LeftLine
    amount: Decimal


@dataclass(frozen=True, slots=True)
class ForGoods:
    """Goods go out for what comes back, in the same transaction, by the exchange ``number``.

    ``asked`` says which. ``postings`` are locked with those of what comes back. ``pay`` is asked then how much of its
    worth stays in them; it raises what refuses the exchange.
    """

    number: str
    asked: str
    postings: Sequence[Posting]
    pay: Callable[[Left, Sequence[Worth]], Decimal]


def take_back(
    *,
    order: Order,
    lines: Sequence[Back],
    method: Method,
    duty: OnDuty,
    key: str,
    shown: Shown | None = None,
    is_gift: bool = False,
) -> Return:
    """Take ``lines`` of ``order`` back at the tablet's store and give back their price; the same key, the same return.

    Whoever else speaks of the order waits. ``shown`` is what was agreed to. ``is_gift``: who was given it
    brings it; it goes back as a voucher, and who bought it is told nothing. Raises a refusal of
    ``assert_may_come_back``, NothingChosen, UnknownLine, TooMany, OtherSum, OtherWay, CashByManager, NotTakenYet,
    KeySpent.
    """
    with transaction.atomic(durable=True):
        return take_back_inside(
            order=order, lines=lines, method=method, duty=duty, key=key, shown=shown, is_gift=is_gift
        )


@inside_transaction
def take_back_inside(
    *,
    order: Order,
    lines: Sequence[Back],
    method: Method,
    duty: OnDuty,
    key: str,
    shown: Shown | None = None,
    is_gift: bool = False,
    goods: ForGoods | None = None,
) -> Return:
    """As ``take_back``, for whoever does more in the same transaction. Nothing is locked before it."""
    method = Method.VOUCHER if is_gift else method
    asked = fingerprint(
        order=str(order.number), lines=lines, method=method, **({"goods": goods.asked} if goods else {})
    )
    take_turn(order=order, behind=goods_behind(order))
    if (known := known_under(key, asked)) is not None:
        return known
    order = Order.objects.get(pk=order.pk)  # as whoever was before us left it
    number, now = new_number(), timezone.now()
    products = dict(order.lines.values_list("pk", "product_id"))
    postings = _postings(lines, products, duty, number, now)
    lock(postings=[*postings, *(goods.postings if goods else ())])
    left = left_of(order, lock=True)
    assert_may_come_back(left, store=duty.store, is_manager=is_manager(duty))
    worth, amount = _agreed(left, lines, shown)
    kept = goods.pay(left, worth) if goods else ZERO
    shares = _shares(left, amount - kept, method, duty)
    assert_ways_as_shown(shown, method, shares)
    if goods and kept:
        shares.append(Share(Tender(EXCHANGE, EXCHANGE, ZERO, reference=goods.number), kept))
    vouchers = vouchers_for(shares, order=order, is_new=method == Method.VOUCHER)
    person_id = None if is_gift else _person_id(order)
    refunds = refunds_of(shares, vouchers)
    row = _write(left, worth, refunds, duty, number, now, person_id, exchange=goods.number if goods else "")
    note_taken(row=row, key=key, asked=asked, method=method, duty=duty)
    _note_lines(row, worth)
    give_through(row=row, shares=shares, vouchers=as_payments(vouchers.all))
    give_online(row=row, shares=shares)
    give(vouchers.all, sale_return=row, duty=duty, order=order, is_gift=is_gift)
    Announced.objects.filter(order=order, ended_at=None).update(ended_at=now)
    post(postings=postings)
    if goods is None and not is_gift:
        tell_shopper(row=row, order=order, amount=amount)
    return row


def _agreed(left: Left, lines: Sequence[Back], shown: Shown | None) -> tuple[list[Worth], Decimal]:
    """What is given for ``lines``, line by line and together. Raises OtherSum where another sum was shown."""
    worth = worth_of_all(left, lines)
    amount = sum((one.amount for one in worth), ZERO)
    assert_sum_as_shown(shown, amount, left.paper.currency)
    return worth, amount


def _shares(left: Left, amount: Decimal, method: Method, duty: OnDuty) -> list[Share]:
    return shares_of(
        amount=amount,
        tenders=left.tenders,
        method=method,
        is_manager=is_manager(duty),
        currency=left.paper.currency,
    )


def worth_of_all(left: Left, lines: Sequence[Back]) -> list[Worth]:
    """What is given for ``lines``: their price, and together no more than is left of what was paid.

    Raises NothingChosen, UnknownLine and TooMany.
    """
    wanted = [back for back in lines if back.quantity > 0]
    if not wanted:
        raise NothingChosen
    known = {line.pk: line for line in left.lines}
    found = []
    for back in wanted:
        line = known.pop(back.line, None)
        if line is None:
            raise UnknownLine(back.line)
        if back.quantity > line.left:
            raise TooMany(back.line, line.left)
        found.append((back, line, line.worth(back.quantity, left.paper.currency)))
    amounts = within(amounts=[amount for *_, amount in found], most=left.money, currency=left.paper.currency)
    return [Worth(back, line, amount) for (back, line, _), amount in zip(found, amounts, strict=True)]


def is_manager(duty: OnDuty) -> bool:
    return duty.role.includes(Role.MANAGER)


def new_number() -> str:
    """One that nobody has and everybody can read out: each refund has its own."""
    return f"B-{secrets.token_hex(5).upper()}"


def fingerprint(**asked: Any) -> bytes:
    """What a key stands for."""
    return hashlib.sha256(json.dumps(asked, sort_keys=True, default=_plain).encode()).digest()


def known_under(key: str, asked: bytes) -> Return | None:
    """The return that was taken under this key. Raises KeySpent where that was another one."""
    known = TakenBack.objects.select_related("sale_return").filter(key=key).first()
    if known is None:
        return None
    if bytes(known.asked) != asked:
        raise KeySpent
    return known.sale_return


@inside_transaction
def note_taken(*, row: Return, key: str, asked: bytes, method: Method, duty: OnDuty, note: str = "") -> None:
    """Who took it, and under which key."""
    TakenBack.objects.create(
        sale_return=row,
        key=key,
        asked=asked,
        method=method,
        device=duty.device,
        associate=duty.associate,
        who=str(duty.associate)[:64],
        note=note,
    )


def _plain(value: Any) -> Any:
    return (value.line, value.quantity, value.reason, value.disposition) if isinstance(value, Back) else str(value)


def where_of(duty: OnDuty) -> Where:
    """The tablet's store, as whoever speaks."""
    partner = duty.store.partner
    return Where(SOURCE, partner.pk, partner.code, partner.name)


def _postings(
    lines: Sequence[Back], products: dict[int, int | None], duty: OnDuty, number: str, now: datetime
) -> list[Posting]:
    """A movement for every line that may be sold again, at the store that received it."""
    wanted = [back for back in lines if back.quantity > 0 and back.disposition == Disposition.SELL]
    ids = {product for back in wanted if (product := products.get(back.line))}
    records = records_at(store=duty.store, product_ids=ids)
    document = ReturnToRecord(where_of(duty), number, now, "", ()).document
    return [
        Posting(records[product], Movement.Kind.RETURN, back.quantity, now, SOURCE, document, str(back.line))
        for back in wanted
        if (product := products.get(back.line)) in records
    ]


def _write(
    left: Left,
    worth: Sequence[Worth],
    refunds: Sequence[Payment],
    duty: OnDuty,
    number: str,
    now: datetime,
    person_id: int | None,
    *,
    exchange: str = "",
) -> Return:
    """The return and what went back by hand. What a provider gives back it notes on the order itself."""
    told = ReturnToRecord(
        where=where_of(duty),
        number=number,
        occurred_at=now,
        currency=left.paper.currency,
        lines=[_line(one) for one in worth],
        refunds=refunds,
        original_order=str(left.order.number),
        exchange=exchange,
        person_id=person_id,
    )
    return record_return(told=told)


def _line(one: Worth) -> ReturnedLine:
    return ReturnedLine(
        line=str(one.line.pk),
        quantity=one.back.quantity,
        amount=one.amount,
        restock=one.back.disposition == Disposition.SELL,
        original_line=one.line.reference,
        sku=one.line.said.sku,
        gtin=one.line.gtin,
        product_id=one.line.product_id,
    )


def _person_id(order: Any) -> int | None:
    sold = Sale.objects.filter(order=order).values_list("person_id", flat=True).first()
    return sold or person_id_of(user_id=order.user_id)


def _note_lines(row: Return, worth: Sequence[Worth]) -> None:
    numbers = dict(row.lines.values_list("line", "pk"))
    TakenBackLine.objects.bulk_create(
        TakenBackLine(
            return_line_id=numbers[str(one.line.pk)],
            order_line_id=one.line.pk,
            reason=one.back.reason,
            disposition=one.back.disposition,
        )
        for one in worth
    )
