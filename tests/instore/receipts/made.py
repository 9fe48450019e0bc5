"""Receipts made up without a database."""

from datetime import UTC, datetime
from decimal import Decimal

from instore.receipts.models import Receipt
from instore.receipts.paper import Paid, Paper, PaperLine, Sender, TaxOf

LINK = "https://shop.example/r/" + "k7Q" * 14 + "x"
RECEIPT = Receipt(number="MT-7")
SENDER = Sender(
    name="Menteng", legal_name="PT Langkah", tax_number="01.234", address=("Jl. Cokroaminoto 81", "Jakarta"),
    phone="+62 21", below=("Thank you",),
)  # fmt: skip


def a_line(number=1, title="Tee", quantity=1, price="149000", discount="0", rate="11", tax="0", *, included=True):
    price, discount, tax = Decimal(price), Decimal(discount), Decimal(tax)
    amount = price * quantity - discount
    net, gross = (amount - tax, amount) if included else (amount, amount + tax)
    return PaperLine(number, title, (), f"SKU-{number}", quantity, price, discount, amount, net, gross, rate)


def a_paper(lines, *, currency="IDR", included=True, discount="0", shipping="0", rounding="0", **more):
    of = {rate: [line for line in lines if line.rate == rate] for rate in dict.fromkeys(line.rate for line in lines)}
    taxes = tuple(TaxOf(rate, sum(x.net for x in some), sum(x.tax for x in some)) for rate, some in of.items() if rate)
    taken = sum(line.gross for line in lines)
    total = taken - Decimal(discount) + Decimal(shipping) + Decimal(rounding)
    facts = {"paid": (Paid("cash", total, ""),), "voided_at": None, "register": "1", "associate": "a12", **more}
    return Paper(
        sender=SENDER, order_number="100042", at=datetime(2026, 11, 21, 9, 3, tzinfo=UTC), currency=currency,
        tax_included=included, lines=tuple(lines), discount=Decimal(discount), shipping=Decimal(shipping),
        rounding=Decimal(rounding), total=total, taxes=taxes, **facts,
    )  # fmt: skip


def said_amounts(paper):
    """Every amount that a receipt of ``paper`` has to say, by hand."""
    for line in paper.lines:
        yield line.unit_price
        yield line.amount
        yield from [-line.discount] if line.discount else []
    tax = 0 if paper.tax_included else sum(line.tax for line in paper.lines)
    between = [amount for amount in (-paper.discount, paper.shipping, tax, paper.rounding) if amount]
    yield from [sum(line.amount for line in paper.lines), *between] if between else []
    yield paper.total
    yield from (one.amount for one in paper.paid)
    for one in paper.taxes:
        yield from (one.net, one.tax, one.net + one.tax)
    came = sum(one.amount for one in paper.paid if one.amount > 0)
    back = -sum(one.amount for one in paper.paid if one.amount < 0)
    yield from [back] if 0 < back < came else []
