"""A receipt in words: every amount written once, in the reader's language, for whatever it will stand on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from instore.receipts.exchanged import TAKEN
from instore.receipts.models import Receipt
from instore.receipts.paper import Paid, Paper, PaperLine, Sender, TaxOf, paper_of
from omni_sync.money.formatting import format_money

ZERO: Final = Decimal(0)
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
class Said:
    """A label and what stands beside it."""

    label: str
    value: str
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Good:
    """One line. ``each`` is quantity and price, ``discount`` is empty for none; a gift says no amounts."""

    title: str
    beside: tuple[str, ...]
    each: str
    discount: str
    amount: str


@dataclass(frozen=True, slots=True)
class Taxed:
    """One rate, and the amounts without tax, of tax and with it."""

    rate: str
    net: str
    tax: str
    gross: str


@dataclass(frozen=True, slots=True)
class Written:
    """All that is on the paper, in the order in which it stands there."""

    language: str
    sender: Sender
    tax_number: str
    heading: str
    is_gift: bool
    marks: tuple[str, ...]
    facts: tuple[Said, ...]
    goods: tuple[Good, ...]
    sums: tuple[Said, ...]
    taxes: tuple[Taxed, ...]
    paid: tuple[Said, ...]
    ending: str
    link: str

    @property
    def total(self) -> Said | None:
        """The last of the sums; a gift has none."""
        return self.sums[-1] if self.sums else None


def written(
    receipt: Receipt, *, language: str, link: str, is_gift: bool = False, copy: int = 0, paper: Paper | None = None
) -> Written:
    """``receipt`` in ``language``, by its store's clock.

    ``link`` opens what is written, empty where nobody knows it. ``copy`` is 1 for the first copy, 0 for an original.
    """
    paper = paper or paper_of(receipt.order)
    with speaking(receipt, language):
        return Written(
            language=language,
            sender=paper.sender,
            tax_number=gettext("Tax number %(number)s") % {"number": paper.sender.tax_number}
            if paper.sender.tax_number
            else "",
            heading=gettext("Gift receipt") if is_gift else gettext("Receipt"),
            is_gift=is_gift,
            marks=tuple(_marks(paper, language, copy=copy, is_gift=is_gift)),
            facts=tuple(_facts(receipt, paper, is_gift=is_gift)),
            goods=tuple(_gift(line) if is_gift else _good(line, paper, language) for line in paper.lines),
            sums=() if is_gift else tuple(_sums(paper, language)),
            taxes=() if is_gift else tuple(_taxed(one, paper, language) for one in paper.taxes),
            paid=() if is_gift else tuple(_paid(one, paper, language) for one in paper.paid),
            ending=_ending(link, is_gift=is_gift),
            link=link,
        )


@contextmanager
def speaking(receipt: Receipt, language: str) -> Iterator[None]:
    """In ``language``, and by the clock of the receipt's store (R8)."""
    location = getattr(receipt.place, "location", None)
    with translation.override(language), timezone.override(ZoneInfo(location.timezone) if location else None):
        yield


def _marks(paper: Paper, language: str, *, copy: int, is_gift: bool) -> Iterator[str]:
    """What must be seen before anything else."""
    if copy:
        yield pgettext("receipt", "COPY")
    if paper.voided_at:
        yield gettext("Cancelled on %(day)s: this receipt is no longer good.") % {"day": _moment(paper.voided_at)}
    back = -sum((one.amount for one in paper.paid if one.amount < 0 and one.method != TAKEN), ZERO)
    if is_gift:
        yield gettext("Without prices. With it the goods can be exchanged.")
    elif back and back >= sum((one.amount for one in paper.paid if one.amount > 0), ZERO):
        yield gettext("All of the money went back.")
    elif back:
        yield gettext("%(amount)s of the money went back.") % {"amount": format_money(back, paper.currency, language)}


def _facts(receipt: Receipt, paper: Paper, *, is_gift: bool) -> Iterator[Said]:
    yield Said(pgettext("receipt", "Number"), receipt.number)
    if paper.order_number != receipt.number and not is_gift:
        yield Said(pgettext("receipt", "Order"), paper.order_number)
    yield Said(gettext("Date"), _moment(paper.at))
    if paper.register and not is_gift:
        yield Said(pgettext("receipt", "Register"), paper.register)
    if paper.associate and not is_gift:
        yield Said(gettext("Served by"), paper.associate)
    if not is_gift:
        yield from (Said(gettext("Exchanged against"), number) for number in paper.against)
        yield from (Said(gettext("Exchanged for"), number) for number in paper.exchanged_for)


def _gift(line: PaperLine) -> Good:
    return Good(_title(line), _beside(line), f"{line.quantity} ×", "", "")  # noqa: RUF001


def _good(line: PaperLine, paper: Paper, language: str) -> Good:
    rate = (gettext("Tax %(rate)s") % {"rate": _rate(line.rate)},) if line.rate else ()
    return Good(
        title=_title(line),
        beside=(*_beside(line), *rate),
        each=f"{line.quantity} × {format_money(line.unit_price, paper.currency, language)}",  # noqa: RUF001
        discount=format_money(-line.discount, paper.currency, language) if line.discount else "",
        amount=format_money(line.amount, paper.currency, language),
    )


def _title(line: PaperLine) -> str:
    return ", ".join([line.title, *(pgettext("product", fact) for fact in line.facts if fact)])


def _beside(line: PaperLine) -> tuple[str, ...]:
    return (line.sku,) if line.sku else ()


def _sums(paper: Paper, language: str) -> Iterator[Said]:
    """What stands between the goods and the total, and the total."""
    goods = sum((line.amount for line in paper.lines), ZERO)
    tax = ZERO if paper.tax_included else sum((line.tax for line in paper.lines), ZERO)
    named = (
        (gettext("Discount"), -paper.discount),
        (gettext("Delivery"), paper.shipping),
        (gettext("Tax"), tax),
        (gettext("Rounding"), paper.rounding),
    )
    between = [(label, amount) for label, amount in named if amount]
    if between:
        yield Said(gettext("Goods"), format_money(goods, paper.currency, language))
    for label, amount in between:
        yield Said(label, format_money(amount, paper.currency, language))
    yield Said(gettext("Total"), format_money(paper.total, paper.currency, language), is_total=True)


def _taxed(one: TaxOf, paper: Paper, language: str) -> Taxed:
    net, tax, gross = (format_money(each, paper.currency, language) for each in (one.net, one.tax, one.gross))
    return Taxed(_rate(one.rate) if one.rate else gettext("Tax"), net, tax, gross)


def _paid(one: Paid, paper: Paper, language: str) -> Said:
    if one.method == TAKEN:
        return Said(gettext("Taken in other goods"), format_money(one.amount, paper.currency, language))
    way = str(WAYS.get(one.method.casefold(), one.method))
    label = way if one.amount >= 0 else gettext("Went back: %(way)s") % {"way": way}
    return Said(label, format_money(one.amount, paper.currency, language))


def _rate(rate: str) -> str:
    """``11`` is ``11 %``, ``7.5`` is ``7,5 %`` where it is written so; what is no number stays."""
    try:
        return f"{number_format(Decimal(rate).normalize() + 0)}\N{NO-BREAK SPACE}%"
    except ArithmeticError:
        return rate


def _ending(link: str, *, is_gift: bool) -> str:
    if is_gift:
        return gettext("Show this code in any of our stores to exchange something.") if link else ""
    if link:
        return gettext("Scan the code to keep this receipt on your phone, or show it in any of our stores.")
    return gettext("The code that opens this receipt is on the one that the till printed.")


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")
