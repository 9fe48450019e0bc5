"""What a receipt says: read once from the order and its sale, and written as it is on every paper and page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.db.models import Prefetch, prefetch_related_objects

from instore.receipts.exchanged import TAKEN, apart, together
from instore.receipts.models import Letterhead
from instore.stores.models import Store
from omni_sync.catalogue.beside import facts_beside
from omni_sync.conf import shop_name
from omni_sync.money import document
from omni_sync.money.allocation import allocate
from omni_sync.money.parts import part_of
from omni_sync.oscar.models import Order, OrderLine, PaymentSource
from omni_sync.sales.exchanged import EXCHANGE
from omni_sync.sales.models import Sale

ZERO: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class PaperLine:
    """So many of a thing, and what they cost: ``amount`` after the line's own ``discount``, as the document counts.

    ``gross`` and ``net`` are with and without tax. ``rate`` is the tax rate in per cent, as text; empty for none.
    """

    pk: int
    title: str
    facts: tuple[str, ...]
    sku: str
    quantity: int
    unit_price: Decimal
    discount: Decimal
    amount: Decimal
    net: Decimal
    gross: Decimal
    rate: str

    @property
    def tax(self) -> Decimal:
        return self.gross - self.net


@dataclass(frozen=True, slots=True)
class TaxOf:
    """What was taxed at one rate."""

    rate: str
    net: Decimal
    tax: Decimal

    @property
    def gross(self) -> Decimal:
        return self.net + self.tax


@dataclass(frozen=True, slots=True)
class Paid:
    """Money that came in, or with a minus went back; by ``EXCHANGE`` and ``TAKEN`` it was goods."""

    method: str
    amount: Decimal
    reference: str


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sold: the store with its legal lines; the shop itself for the web."""

    name: str
    legal_name: str = ""
    tax_number: str = ""
    address: tuple[str, ...] = ()
    phone: str = ""
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A receipt in numbers: amounts (with tax where not included), less discount, plus shipping and rounding (R7).

    ``against`` and ``exchanged_for`` are the numbers of receipts whose goods paid for these, or were taken for them.
    An outside document whose sums don't come out says what its till said, and ``adds_up`` is False.
    """

    sender: Sender
    order_number: str
    at: datetime
    register: str
    associate: str
    currency: str
    tax_included: bool
    lines: tuple[PaperLine, ...]
    discount: Decimal
    shipping: Decimal
    rounding: Decimal
    total: Decimal
    taxes: tuple[TaxOf, ...]
    paid: tuple[Paid, ...]
    voided_at: datetime | None
    against: tuple[str, ...] = ()
    exchanged_for: tuple[str, ...] = ()

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def adds_up(self) -> bool:
        """Whether the lines make the total."""
        made = document.total_of(
            lines=[document.Line(line.amount, line.tax) for line in self.lines],
            tax_included=self.tax_included,
            discount=self.discount,
            shipping=self.shipping,
            rounding=self.rounding,
        )
        return made == self.total


def paper_of(order: Order) -> Paper:
    """The receipt of ``order`` as it stands: six queries, however many lines it has; some more for an exchange."""
    sale = Sale.objects.select_related("store").filter(order=order).first()
    rows = _rows(order)
    lines = tuple(line for row in rows if (line := _line(order, row, sale)).quantity)
    tax_included = sale.tax_included if sale else True
    discount = sale.discount if sale else ZERO
    ordered = sum((row.line_price_incl_tax for row in rows), ZERO)
    sources = list(PaymentSource.objects.select_related("source_type").filter(order=order).order_by("pk"))
    is_exchanged = any(source.source_type.code == EXCHANGE for source in sources)
    against, exchanged_for = together(order) if is_exchanged else ((), ())
    short = ordered - sum((line.gross for line in lines), ZERO)
    return Paper(
        sender=_sender(order, sale),
        order_number=str(order.number),
        at=sale.occurred_at if sale else order.date_placed,
        register=sale.register if sale else "",
        associate=sale.associate if sale else "",
        currency=order.currency,
        tax_included=tax_included,
        lines=lines,
        discount=discount,
        shipping=order.shipping_incl_tax,
        rounding=sale.rounding if sale else ZERO,
        total=order.total_incl_tax - short,
        taxes=_taxes(order, lines, discount),
        paid=_paid(sources),
        voided_at=sale.voided_at if sale else None,
        against=against,
        exchanged_for=exchanged_for,
    )


def _rows(order: Order) -> Sequence[Any]:
    lines = OrderLine.objects.select_related("product__entry", "pickup_line").order_by("pk")
    if "lines" not in getattr(order, "_prefetched_objects_cache", {}):
        prefetch_related_objects([order], Prefetch("lines", lines))
    return list(order.lines.all())


def _line(order: Order, row: Any, sale: Sale | None) -> PaperLine:
    """What of it was handed out: of a pickup that is what was picked."""
    kept = _kept(row)
    with_tax = sale.tax_included if sale else True
    gross, net = (_part(order, row, kept, name) for name in ("line_price_incl_tax", "line_price_excl_tax"))
    before = f"line_price_before_discounts_{'incl' if with_tax else 'excl'}_tax"
    amount = gross if with_tax else net
    entry = getattr(row.product, "entry", None)
    return PaperLine(
        pk=row.pk,
        title=row.title,
        facts=facts_beside(row.title, entry.colour, entry.size) if entry else (),
        sku=row.partner_sku or "",
        quantity=kept,
        unit_price=row.unit_price_incl_tax if with_tax else row.unit_price_excl_tax,
        discount=_part(order, row, kept, before) - amount,
        amount=amount,
        net=net,
        gross=gross,
        rate=row.tax_code or "",
    )


def _kept(row: Any) -> int:
    picked = getattr(row, "pickup_line", None)
    return int(picked.picked) if picked is not None and picked.short_reason else int(row.quantity)


def _part(order: Order, row: Any, kept: int, column: str) -> Decimal:
    """The price of so many of the line's units, to the smallest coin, as the order was corrected by it."""
    whole: Decimal = getattr(row, column)
    return whole if kept == row.quantity else part_of(whole, units=kept, of=row.quantity, currency=order.currency)


def _taxes(order: Order, lines: Sequence[PaperLine], discount: Decimal) -> tuple[TaxOf, ...]:
    """By rate, the highest first; nothing where nothing is taxed.

    The tax is what was told of each line; what it was counted on is the line without its share of ``discount``.
    """
    nets: dict[str, Decimal] = defaultdict(Decimal)
    taxes: dict[str, Decimal] = defaultdict(Decimal)
    for line, share in zip(lines, _shares(order, lines, discount), strict=True):
        nets[line.rate] += line.net - share
        taxes[line.rate] += line.tax
    carriage = order.shipping_incl_tax - order.shipping_excl_tax
    if carriage:
        nets[order.shipping_tax_code or ""] += order.shipping_excl_tax
        taxes[order.shipping_tax_code or ""] += carriage
    found = [TaxOf(rate, nets[rate], taxes[rate]) for rate in nets if rate or taxes[rate]]
    return tuple(sorted(found, key=lambda one: (-_percent(one.rate), one.rate)))


def _shares(order: Order, lines: Sequence[PaperLine], discount: Decimal) -> Sequence[Decimal]:
    """What of the document's discount falls on each line."""
    amounts = [max(line.amount, ZERO) for line in lines]
    if discount > sum(amounts, ZERO):
        return [ZERO for _ in lines]  # a document that does not add up: nothing is made of it
    return allocate(total=discount, weights=amounts, currency=order.currency)


def _percent(rate: str) -> Decimal:
    try:
        return Decimal(rate)
    except InvalidOperation:
        return Decimal(-1)


def _paid(sources: Sequence[Any]) -> tuple[Paid, ...]:
    """What came in, in its order, then what went back, and last what was taken in other goods."""
    rows, taken = apart(sources)
    came = [Paid(row.source_type.name, row.amount_debited, row.reference) for row in rows if row.amount_debited]
    back = [Paid(row.source_type.name, -row.amount_refunded, row.reference) for row in rows if row.amount_refunded]
    return (*came, *back, *([Paid(TAKEN, -taken, "")] if taken else []))


def _sender(order: Order, sale: Sale | None) -> Sender:
    stores = Store.objects.select_related("partner", "letterhead")
    store = stores.filter(partner=sale.store_id).first() if sale else None
    if store is None:
        return Sender(name=str(sale.store) if sale else shop_name())
    head = getattr(store, "letterhead", None) or Letterhead()
    return Sender(
        name=str(store),
        legal_name=head.legal_name,
        tax_number=head.tax_number,
        address=tuple(filter(None, (store.street, " ".join(filter(None, (store.postcode, store.city)))))),
        phone=store.phone,
        above=tuple(head.above.splitlines()),
        below=tuple(head.below.splitlines()),
    )
