"""Works the golden vectors out, without a line of the product: whole minor units and exact fractions, nothing else.

``python -m tests.omni_sync.money.golden.make`` writes the JSON files beside it; a test compares what it makes with what
is kept, so that neither can rot. Where a sentence says "by hand", the numbers stand in this file and are compared with
what it works out.
"""

import json
from fractions import Fraction
from pathlib import Path

from tests.omni_sync.money.golden.arithmetic import half_up, minor, shared, text, wire

HERE, WIDTH = Path(__file__).parent, 150

# What a till tells, and what must come of it.


def till(
    name, says, currency, goods, *, tax_included=True, off="0", off_percent=0, shipping="0", coin=None, by_hand=None
):
    """``goods``: SKU, quantity, unit price, discount ("1.50" or "10%"), tax rate."""
    lines, told = [], []
    for number, (sku, quantity, price, discount, rate) in enumerate(goods, 1):
        before = minor(price, currency) * quantity
        less = before * int(discount[:-1]) // 100 if discount.endswith("%") else minor(discount, currency)
        lines.append({"before": before, "amount": before - less, "less": less, "rate": int(rate)})
        told.append({"line": str(number), "sku": sku, "quantity": quantity, "unit_price": price, "tax_rate": rate})
    amounts = [line["amount"] for line in lines]
    less = sum(amounts) * off_percent // 100 + minor(off, currency)
    taxes = taxed(lines, shared(less, amounts), tax_included)
    for line, said in zip(lines, told, strict=True):
        said |= {"discount": text(line["less"], currency), "amount": text(line["amount"], currency)}
        said["tax"] = text(line["tax"], currency)
    tax = sum(line["tax"] for line in lines)
    total = sum(amounts) + (0 if tax_included else tax) - less + minor(shipping, currency)
    paid = half_up(Fraction(total, minor(coin, currency))) * minor(coin, currency) if coin else total
    vector = {
        "name": name, "says": says,
        "document": {
            "currency": currency, "tax_included": tax_included, "lines": told, "discount": text(less, currency),
            "shipping": shipping, "rounding": text(paid - total, currency), "total": text(paid, currency),
            "payments": [{"method": "cash", "amount": text(paid, currency)}],
        },
        "expect": {
            "total": text(paid, currency),
            "total_excl_tax": text(paid - tax, currency),
            "lines": [
                {
                    "discount": text(line["less"], currency),
                    "gross": text(line["amount"] + (0 if tax_included else line["tax"]), currency),
                    "net": text(line["amount"] - (line["tax"] if tax_included else 0), currency),
                }
                for line in lines
            ],
            "taxes": [
                [str(rate), text(net, currency), text(of, currency)]
                for rate, (net, of) in sorted(taxes.items(), reverse=True)
            ],
            "provider": wire(paid, currency),
        },
    }  # fmt: skip
    assert by_hand is None or by_hand == (vector["expect"]["total"], text(tax, currency)), (name, vector["expect"])
    return vector


def taxed(lines, shares, tax_included):
    """Gives each line its tax, less its share of the discount; net and tax by rate."""
    taxes = {}
    for line, share in zip(lines, shares, strict=True):
        base, rate = line["amount"] - share, line["rate"]
        line["tax"] = half_up(Fraction(base * rate, 100 + rate if tax_included else 100))
        row = taxes.setdefault(rate, [0, 0])
        row[0] += base - line["tax"] if tax_included else base
        row[1] += line["tax"]
    return taxes


def sales():
    return [
        till("tee-and-book", "By hand: 290000 with 11 % in it holds 28738.7, so 28739; the book is free of tax; "
             "340000 is 340000 in coins of 100.", "IDR",
             [("TEE", 2, "149000", "8000", "11"), ("BOOK", 1, "50000", "0", "0")], coin="100",
             by_hand=("340000", "28739")),
        till("tax-on-top", "By hand: 300000 and 11 % on top are 33000 more.", "IDR",
             [("TEE", 3, "100000", "0", "11")], tax_included=False, by_hand=("333000", "33000")),
        till("two-rates", "By hand: 11.90 at 19 % holds 1.90; 5.35 at 7 % holds 0.35.", "EUR",
             [("TEE", 1, "11.90", "0", "19"), ("BOOK", 1, "5.35", "0", "7")], by_hand=("17.25", "2.25")),
        till("two-rates-on-top", "Three rates in one document, each rounded on its own line.", "EUR",
             [("TEE", 3, "3.33", "0", "19"), ("BOOK", 7, "0.99", "0", "7"), ("HAT", 1, "0.05", "0", "0")],
             tax_included=False),
        till("line-by-line", "By hand: three lines of 0.03 at 19 %: 0.0057 is 0.01 on each, where the whole would "
             "hold 0.02; the lines are what counts.", "EUR", [("TEE", 1, "0.03", "0", "19")] * 3, tax_included=False,
             by_hand=("0.12", "0.03")),
        till("half-a-cent", "By hand: 0.50 and 1 % on top is 0.005: a half goes up.", "EUR",
             [("TEE", 1, "0.50", "0", "1")], tax_included=False, by_hand=("0.51", "0.01")),
        till("line-discounts", "Ten per cent off one line, an amount off another, cut and never rounded up.", "EUR",
             [("TEE", 3, "19.99", "10%", "19"), ("HAT", 1, "7.49", "1.50", "19"), ("BOOK", 2, "8.95", "0", "7")]),
        till("document-discount", "A discount of the whole document, shared over three lines that it does not divide.",
             "EUR", [("TEE", 1, "10.00", "0", "19"), ("HAT", 1, "10.00", "0", "19"), ("BOOK", 1, "10.00", "0", "7")],
             off="10.00"),
        till("both-discounts", "A tenth off a line, then a fifth off all of it, in yen.", "JPY",
             [("TEE", 3, "1999", "10%", "10"), ("BOOK", 2, "333", "0", "8")], off_percent=20),
        till("three-for-two", "By hand: three at 333 for the price of two is 666, and 10 % in it is 60.5, so 61.",
             "JPY",
             [("TEE", 3, "333", "333", "10")], by_hand=("666", "61")),
        till("coins-of-five-cents", "By hand: 9.98 is paid as 10.00 where five cents are the smallest coin.", "EUR",
             [("TEE", 2, "4.99", "0", "19")], coin="0.05", by_hand=("10.00", "1.59")),
        till("coins-of-a-hundred", "By hand: 148949 is paid as 148900, so 49 are let go.", "IDR",
             [("TEE", 1, "148949", "0", "11")], coin="100", by_hand=("148900", "14761")),
        till("half-a-coin", "By hand: 148950 lies between two coins; a half goes up.", "IDR",
             [("TEE", 1, "148950", "0", "11")], coin="100", by_hand=("149000", "14761")),
        till("sent-home", "Sent home from the counter, with a charge for it.", "EUR",
             [("TEE", 2, "24.95", "0", "19")], shipping="4.90"),
        till("sent-home-on-top", "Tax on top, sent home, less a discount, rounded to coins: everything at once.", "EUR",
             [("TEE", 3, "19.99", "5%", "19"), ("BOOK", 1, "8.49", "0.49", "7")], tax_included=False, off="3.33",
             shipping="4.90", coin="0.05"),
        till("given-away", "By hand: everything off leaves nothing, and no cent of tax.", "EUR",
             [("TEE", 3, "0.33", "0.99", "19"), ("HAT", 1, "12.34", "100%", "7")], by_hand=("0.00", "0.00")),
        till("given-away-whole", "By hand: everything off the document leaves nothing.", "JPY",
             [("TEE", 3, "333", "0", "10")], off_percent=100, by_hand=("0", "0")),
        till("1399", "By hand: 13.99 is 1399 cents, for the provider as for us.", "USD",
             [("TEE", 1, "13.99", "0", "0")], by_hand=("13.99", "0.00")),
        till("dear", "Ten digits of rupiah: every one of them is kept.", "IDR", [("TEE", 9, "111111111", "1", "11")]),
    ]  # fmt: skip


# What comes back, piece by piece, until nothing is left.


def refund(name, says, currency, goods, steps, *, off="0", by_hand=None):
    """``goods``: SKU, quantity, amount; ``steps``: what is brought each time, SKU and quantity."""
    amounts = [minor(amount, currency) for _, _, amount in goods]
    worth = [amount - share for amount, share in zip(amounts, shared(minor(off, currency), amounts), strict=True)]
    left = {sku: [quantity, money] for (sku, quantity, _), money in zip(goods, worth, strict=True)}
    told = []
    for step in steps:
        lines = []
        for sku, quantity in step:
            there, money = left[sku]
            part = half_up(Fraction(money * quantity, there))
            left[sku] = [there - quantity, money - part]
            lines.append({"sku": sku, "quantity": quantity, "amount": text(part, currency)})
        told.append(lines)
    assert all(row == [0, 0] for row in left.values()), name
    parts = [line["amount"] for lines in told for line in lines]
    assert by_hand is None or parts == by_hand, (name, parts)
    return {
        "name": name, "says": says, "currency": currency, "discount": off,
        "lines": [{"sku": sku, "quantity": quantity, "amount": amount} for sku, quantity, amount in goods],
        "total": text(sum(worth), currency), "worth": [text(money, currency) for money in worth], "steps": told,
    }  # fmt: skip


def refunds():
    return [
        refund("three-for-two", "By hand: 666 for three: 222 each.", "JPY", [("TEE", 3, "666")],
               [[("TEE", 1)]] * 3, by_hand=["222", "222", "222"]),
        refund("ten-for-three", "By hand: 10.00 for three: 3.33, then half of 6.67, then the rest.", "EUR",
               [("TEE", 3, "10.00")], [[("TEE", 1)]] * 3, by_hand=["3.33", "3.34", "3.33"]),
        refund("one-coin", "By hand: one yen for two: the first takes it (a half goes up), the other nothing.",
               "JPY", [("TEE", 2, "1")], [[("TEE", 1)]] * 2, by_hand=["1", "0"]),
        refund("after-a-discount", "A discount of the document comes off what its lines are worth.", "EUR",
               [("TEE", 2, "20.00"), ("HAT", 1, "9.99"), ("BOOK", 3, "0.10")],
               [[("TEE", 1), ("BOOK", 2)], [("HAT", 1)], [("TEE", 1), ("BOOK", 1)]], off="7.77"),
        refund("seven-of-rupiah", "Seven pieces that a million does not divide by, in threes.", "IDR",
               [("TEE", 7, "1000000"), ("HAT", 2, "149001")],
               [[("TEE", 3)], [("TEE", 3), ("HAT", 1)], [("TEE", 1), ("HAT", 1)]], off="50000"),
        refund("nothing", "What cost nothing brings nothing back.", "EUR", [("TEE", 2, "0.00")], [[("TEE", 2)]],
               by_hand=["0.00"]),
    ]  # fmt: skip


# What a basket on the web costs with an offer.


def web(name, says, currency, goods, offer, *, rates=None, with_tax=True, shipping="0", by_hand=None):
    """``goods``: SKU, quantity, price without tax; ``offer``: kind and value; ``rates``: tax per cent by SKU."""
    lines = []
    for sku, quantity, price in goods:
        net = minor(price, currency)
        gross = net + half_up(Fraction(net * (rates or {}).get(sku, 0), 100))
        lines.append({"net": net * quantity, "gross": gross * quantity, "unit": gross if with_tax else net})
    side, beside = ("gross", "net") if with_tax else ("net", "gross")
    kind, value = offer
    if kind == "multibuy":  # the cheapest piece is free
        cheapest = min(range(len(lines)), key=lambda at: lines[at]["unit"])
        exact = [Fraction(line["unit"] if at == cheapest else 0) for at, line in enumerate(lines)]
    else:
        exact = [Fraction(line[side] * int(value), 100) for line in lines]
    off = shared(int(sum(exact)), exact)
    found = []
    for line, share in zip(lines, off, strict=True):
        after = line[side] - share
        other = half_up(Fraction(after * line[beside], line[side])) if line[side] else 0
        found.append({"before": line["gross"], side: after, beside: other})
    total, net = (sum(line[key] for line in found) + minor(shipping, currency) for key in ("gross", "net"))
    assert by_hand is None or by_hand == text(total, currency), (name, text(total, currency))
    return {
        "name": name, "says": says, "currency": currency, "offers_with_tax": with_tax, "offer": [kind, value],
        "rates": rates or {}, "shipping": shipping,
        "goods": [{"sku": sku, "quantity": quantity, "price": price} for sku, quantity, price in goods],
        "expect": {
            "lines": [{key: text(line[key], currency) for key in ("before", "gross", "net")} for line in found],
            "discount": text(sum(off), currency), "total": text(total, currency), "total_excl_tax": text(net, currency),
            "provider": wire(total, currency),
        },
    }  # fmt: skip


def baskets():
    three = [("TEE", 3, "149000")]
    mixed = [("TEE", 1, "19.99"), ("HAT", 2, "7.49"), ("BOOK", 1, "0.99")]
    rates = {"TEE": 19, "HAT": 19, "BOOK": 7}
    return [
        web("three-for-two", "By hand: three tees, one of them free.", "IDR", three, ("multibuy", "1"),
            by_hand="298000"),
        web("three-for-two-cheapest", "By hand: of three different things the cheapest is free.", "EUR",
            [("TEE", 1, "19.99"), ("HAT", 1, "7.49"), ("BOOK", 1, "0.99")], ("multibuy", "1"), by_hand="27.48"),
        web("three-for-two-yen", "By hand: 666 and 500 for sending.", "JPY", [("TEE", 3, "333")], ("multibuy", "1"),
            shipping="500", by_hand="1166"),
        web("tenth-yen", "By hand: a tenth of 999 is 99.9, of which 99 are given: nobody can pay 899.1 yen.", "JPY",
            [("TEE", 3, "333")], ("percentage", "10"), by_hand="900"),
        web("tenth-rupiah", "A seventh or so off prices that end in nines, over three lines.", "IDR",
            [("TEE", 1, "149999"), ("HAT", 2, "89999"), ("BOOK", 1, "33333")], ("percentage", "15"), shipping="15000"),
        web("sixth", "Fifteen per cent of lines that it does not divide: the lines lose what the basket loses.", "EUR",
            mixed, ("percentage", "15"), shipping="4.90"),
        web("1399", "By hand: a fifth off 17.49 is 3.498, cut to 3.49: 14.00, which is 1400 cents and not 1399.",
            "EUR", [("TEE", 1, "17.49")], ("percentage", "20"), by_hand="14.00"),
        web("everything", "By hand: all of it off leaves nothing.", "EUR", mixed, ("percentage", "100"),
            by_hand="0.00"),
        web("everything-taxed", "By hand: all of it off leaves nothing, and no tax.", "EUR", mixed,
            ("percentage", "100"), rates=rates, by_hand="0.00"),
        web("taxed", "Two rates, a discount on prices with tax.", "EUR", mixed, ("percentage", "15"), rates=rates),
        web("taxed-on-net", "The same discount on prices without tax.", "EUR", mixed, ("percentage", "15"), rates=rates,
            with_tax=False, shipping="4.90"),
        web("taxed-rupiah", "Eleven per cent and a third off, in whole rupiah.", "IDR",
            [("TEE", 3, "134234"), ("HAT", 1, "89999")], ("percentage", "33"), rates={"TEE": 11, "HAT": 11}),
        web("taxed-yen-on-net", "Ten and eight per cent, twelve off before tax, in whole yen.", "JPY",
            [("TEE", 3, "1817"), ("BOOK", 2, "309")], ("percentage", "12"), rates={"TEE": 10, "BOOK": 8},
            with_tax=False),
    ]  # fmt: skip


# What is left of a line of which not all was found.


def short(name, says, quantity, kept, price, free, by_hand):
    """``quantity`` at ``price`` with ``free`` of them free; ``kept`` of them are in the bag. In rupiah."""
    whole = (quantity - free) * price
    stays = half_up(Fraction(whole * kept, quantity))
    assert stays == by_hand, (name, stays)
    return {
        "name": name, "says": says, "quantity": quantity, "kept": kept, "price": str(price), "free": free,
        "whole": str(whole), "stays": str(stays), "goes": str(whole - stays),
    }  # fmt: skip


def picks():
    return [
        short("even", "By hand: two of three at 149000.", 3, 2, 149000, 0, 298000),
        short("three-for-two", "By hand: 298000 for three; two of them are 198666.67.", 3, 2, 149000, 1, 198667),
        short("one-of-three", "By hand: 298000 for three; one of them is 99333.33.", 3, 1, 149000, 1, 99333),
        short("half-a-rupiah", "By hand: 9 for four, of which two would be 4.5: a half goes up.", 4, 2, 3, 1, 5),
        short("none", "By hand: nothing found costs nothing.", 3, 0, 149000, 1, 0),
    ]


def coins():
    """By hand, all of it: what is to pay, the smallest coin, what is paid, and the rounding."""
    return [
        {"currency": currency, "amount": amount, "coin": coin, "paid": paid, "rounding": rounding}
        for currency, amount, coin, paid, rounding in [
            ("IDR", "148949", "100", "148900", "-49"), ("IDR", "148950", "100", "149000", "50"),
            ("IDR", "148900", "100", "148900", "0"), ("IDR", "49", "100", "0", "-49"),
            ("IDR", "50", "100", "100", "50"),
            ("EUR", "9.98", "0.05", "10.00", "0.02"), ("EUR", "9.97", "0.05", "9.95", "-0.02"),
            ("EUR", "9.92", "0.05", "9.90", "-0.02"), ("EUR", "9.93", "0.05", "9.95", "0.02"),
            ("JPY", "7", "5", "5", "-2"),
            ("EUR", "0.00", "0.05", "0.00", "0.00"),
        ]
    ]  # fmt: skip


def provider():
    """By hand, all of it: what the provider is asked for."""
    return [
        {"currency": currency, "amount": amount, "provider": units}
        for currency, amount, units in [
            ("IDR", "149000", 14900000), ("EUR", "13.99", 1399), ("USD", "14.00", 1400), ("JPY", "1399", 1399),
            ("EUR", "0.01", 1), ("IDR", "1", 100), ("JPY", "1", 1), ("USD", "0.00", 0),
            ("EUR", "1234567890.12", 123456789012),
        ]
    ]  # fmt: skip


FILES = {"sales": sales, "refunds": refunds, "baskets": baskets, "picks": picks, "coins": coins, "provider": provider}


def written(name):
    """A file as it is kept: whatever fits on a line stands on one."""
    return laid_out(FILES[name]()) + "\n"


def laid_out(value, indent=0):
    line = json.dumps(value, ensure_ascii=False)
    if (indent and len(line) + indent <= WIDTH) or not isinstance(value, list | dict):
        return line
    pad, inner = " " * indent, indent + 1
    if isinstance(value, list):
        parts, marks = [laid_out(one, inner) for one in value], "[]"
    else:
        parts, marks = [f"{json.dumps(key)}: {laid_out(one, inner)}" for key, one in value.items()], "{}"
    return marks[0] + ",".join(f"\n{pad} {part}" for part in parts) + f"\n{pad}{marks[1]}"


if __name__ == "__main__":
    for file in FILES:
        (HERE / f"{file}.json").write_text(written(file))
