"""One order, whole: its lines, its sums, how it was paid, where it went and what came back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from instore.pickup.address import path_for
from instore.pickup.models import Pickup
from instore.pickup.owed import costs
from instore.receipts import warranty
from instore.receipts.exchanged import apart
from omni_sync.oscar.shipping import COLLECT, CollectAt
from omni_sync.sales.exchanged import sales_for
from omni_sync.sales.models import Return, Sale
from shop.storefront.account.bought import sale_of, store_of
from shop.storefront.account.standing import Standing, standing_of
from shop.storefront.account.thumbs import ALONG, first_image, is_shown
from shop.storefront.addresses import product_url
from shop.storefront.memory import Edition
from shop.storefront.pictures import Picture, picture
from shop.storefront.words import as_sold, own_words

#: What tills and the checkout call the ways to pay.
WAYS: Final[dict[str, Promise]] = {
    "card": _("Card"),
    "cash": _("Cash"),
    "qris": _("QRIS"),
    "ewallet": _("E-wallet"),
    "voucher": pgettext_lazy("payment", "Voucher"),
    "transfer": _("Bank transfer"),
    "exchange": _("Goods brought back"),
}


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One line; ``url`` is empty for what is in the catalogue no more, ``facts`` are what its title does not say.

    ``warranty`` is the last day of it, None where the catalogue promises nothing.
    """

    pk: int
    title: str
    facts: tuple[str, ...]
    quantity: int
    each: Decimal
    amount: Decimal
    before: Decimal
    url: str
    picture: Picture | None
    warranty: date | None


@dataclass(frozen=True, slots=True)
class Sum:
    """One amount between the lines and the total; those that lower it are negative."""

    name: str | Promise
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Paid:
    """One way it was paid; what went back is in ``back``, what a bank still holds of it in ``held``."""

    way: str | Promise
    amount: Decimal = Decimal(0)
    back: Decimal = Decimal(0)
    held: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class CameBack:
    """One return of it."""

    at: datetime
    store: str
    pieces: int
    taken: str  # the number of the order that it was exchanged for


@dataclass(frozen=True, slots=True)
class OrderPage:
    """An order as its owner sees it; ``pickup_path`` is empty for one that is not collected.

    ``receipt_path`` is empty while there is no receipt.
    """

    number: str
    at: datetime
    currency: str
    store: str
    register: str
    associate: str
    till_number: str
    standing: Standing
    lines: list[OrderLine]
    sums: list[Sum]
    total: Decimal
    tax: Decimal
    due: Decimal
    paid: list[Paid]
    in_goods: Decimal  # what was taken in other goods
    returns: list[CameBack]
    shipping_method: str
    shipping_address: Any
    billing_address: Any
    can_be_had_again: bool
    pickup_path: str
    receipt_path: str


def order_page(order: Any, *, edition: Edition) -> OrderPage:
    """All there is to say of ``order``: nine queries, however long it is."""
    sale = sale_of(order)
    lines = _lines(order, edition)
    paid, in_goods = _paid(order)
    store = store_of(sale)
    settled = sum((one.amount for one in paid), Decimal(0))
    taken = settled - sum((one.held for one in paid), Decimal(0))
    return OrderPage(
        number=order.number,
        at=order.date_placed,
        currency=order.currency,
        store=store,
        register=sale.register if sale else "",
        associate=sale.associate if sale else "",
        till_number=sale.number if sale and store else "",
        standing=standing_of(order, sale),
        lines=lines,
        sums=_sums(order, lines, sale),
        total=order.total_incl_tax,
        tax=order.total_incl_tax - order.total_excl_tax,
        due=_due(order, settled),
        paid=paid,
        in_goods=in_goods,
        returns=_returns(order),
        shipping_method="" if store else _way(order),
        shipping_address=order.shipping_address,
        billing_address=order.billing_address,
        can_be_had_again=any(line.url for line in lines),
        pickup_path="" if sale else path_for(order),
        receipt_path=_receipt_path(order, paid=sale is not None or order.total_incl_tax <= taken),
    )


def _way(order: Any) -> str:
    """How it came or comes to them, in the reader's language: it is kept in that of the order."""
    if order.shipping_code != COLLECT:
        return gettext(order.shipping_method) if order.shipping_method else ""
    pickup = Pickup.objects.filter(pk=order.pk).select_related("store__partner").first()
    return str(CollectAt(pickup.store.partner).name) if pickup else str(order.shipping_method)


def _lines(order: Any, edition: Edition) -> list[OrderLine]:
    rows = list(order.lines.select_related(*ALONG).order_by("pk").annotate(image=first_image()))
    months = warranty.months_of({row.product_id: row.product.parent_id for row in rows if row.product})
    day = timezone.localdate(order.date_placed)
    return [_line(row, edition, warranty.until(day, n) if (n := months.get(row.product_id)) else None) for row in rows]


def _line(row: Any, edition: Edition, last_day: date | None) -> OrderLine:
    product = row.product
    entry = getattr(product, "entry", None) if product else None
    return OrderLine(
        pk=row.pk,
        title=as_sold(row.title, product.parent.title if product and product.parent else ""),
        facts=_facts(entry, row.title) if entry else (),
        quantity=row.quantity,
        each=row.unit_price_incl_tax or row.line_price_before_discounts_incl_tax / max(row.quantity, 1),
        amount=row.line_price_incl_tax,
        before=row.line_price_before_discounts_incl_tax,
        url=product_url(product.slug, product.pk) if is_shown(product) else "",
        picture=picture(row.image or "", edition),
        warranty=last_day,
    )


def _facts(entry: Any, title: str) -> tuple[str, ...]:
    said = {word.strip().casefold() for word in title.split(",")}
    return tuple(own_words(fact) for fact in (entry.colour, entry.size) if fact and fact.casefold() not in said)


def _sums(order: Any, lines: Sequence[OrderLine], sale: Sale | None) -> list[Sum]:
    """What stands between the lines and the total; amounts that nobody names are not invented."""
    goods = sum((line.before for line in lines), Decimal(0))
    found = [Sum(_("Your things"), goods)]
    named = [(discount.offer_name or discount.voucher_code, discount.amount) for discount in order.discounts.all()]
    found += [Sum(name or _("Discount"), -amount) for name, amount in named if amount]
    on_lines = (
        goods - sum((line.amount for line in lines), Decimal(0)) - sum((amount for _, amount in named), Decimal(0))
    )
    off = on_lines + (sale.discount if sale else Decimal(0))
    if off > 0:
        found.append(Sum(_("Discount"), -off))
    if order.shipping_method or order.shipping_incl_tax:
        found.append(Sum(_("Delivery"), order.shipping_incl_tax))
    found += [Sum(charge.name, charge.incl_tax) for charge in order.surcharges.all()]
    if sale and sale.rounding:
        found.append(Sum(_("Rounding"), sale.rounding))
    return found


def _receipt_path(order: Any, *, paid: bool) -> str:
    """Its owner's way to it, once there is one."""
    return reverse("my-receipt:page", args=[order.number]) if paid else ""


def _due(order: Any, settled: Decimal) -> Decimal:
    """What is left to pay; of goods that were not there, nothing."""
    due: Decimal = max(order.total_incl_tax - settled, Decimal(0))
    pickup = Pickup.objects.filter(pk=order.pk).first() if due else None
    if pickup is None:
        return due
    pickup.order = order
    return max(costs(pickup) - settled, Decimal(0))


def _paid(order: Any) -> tuple[list[Paid], Decimal]:
    """Each way once, for what a return gave back stands on a row of its own in Oscar; and what other goods took."""
    ways: dict[str, Paid] = {}
    sources, taken = apart(order.sources.select_related("source_type").order_by("pk"))
    for source in sources:
        kind = source.source_type
        known = ways.get(kind.code) or Paid(WAYS.get(kind.code, kind.name))
        ways[kind.code] = Paid(
            known.way,
            known.amount + source.amount_allocated,
            known.back + source.amount_refunded,
            known.held + max(source.amount_allocated - source.amount_debited, Decimal(0)),
        )
    return list(ways.values()), taken


def _returns(order: Any) -> list[CameBack]:
    found = Return.objects.filter(order=order, voided_at=None).select_related("store").prefetch_related("lines")
    backs = list(found.order_by("occurred_at"))
    taken = {sale.exchange: sale.order.number for sale in sales_for(backs)}
    return [
        CameBack(
            one.occurred_at, str(one.store), sum(line.quantity for line in one.lines.all()), taken.get(one.exchange, "")
        )
        for one in backs
    ]
