"""Tills mean their amounts in different ways; the one that adds up is taken."""

import pytest

from tests.omni_sync.pos.files.tickets import goods, line, tender, ticket, total

TAX = "<Tax><Amount>{}</Amount><Percent>8.000000</Percent></Tax>"


def sums(event):
    data = event["data"]
    figures = [data["total"], data["discount"], data["rounding"], sum(float(p["amount"]) for p in data["payments"])]
    return [line["amount"] for line in data["lines"]], data["tax_included"], *figures


def test_an_amount_that_has_its_discount_off_already(told):
    more = '<RetailPriceModifier><Amount Action="Subtract">2.00</Amount></RetailPriceModifier>'
    sale = told(ticket(goods("A", 2, "18.00", unit="10.00", more=more), tender("18.00"), total("18.00"))).only
    assert sums(sale) == (["18.00"], True, "18.00", "0.00", "0.00", 18.0)
    assert (sale["data"]["lines"][0]["unit_price"], sale["data"]["lines"][0]["discount"]) == ("10.00", "2.00")


def test_an_amount_before_its_discount(told):
    more = '<RetailPriceModifier><Amount Action="Subtract">2.00</Amount></RetailPriceModifier>'
    sale = told(ticket(goods("A", 2, "20.00", unit="10.00", more=more), tender("18.00"), total("18.00"))).only
    assert sums(sale) == (["18.00"], True, "18.00", "0.00", "0.00", 18.0)


def test_tax_in_the_price_and_tax_on_top_of_it(told):
    inside = told(ticket(goods("A", 1, "10.80", more=TAX.format("0.80000")), tender("10.80"))).only
    assert (sums(inside)[1], inside["data"]["lines"][0]["tax"]) == (True, "0.80")
    assert inside["data"]["lines"][0]["tax_rate"] == "8"
    on_top = told(ticket(goods("A", 1, "10.00", more=TAX.format("0.80")), tender("10.80"))).only
    assert sums(on_top) == (["10.00"], False, "10.80", "0.00", "0.00", 10.8)


def test_tax_of_the_whole_ticket_is_shared_among_its_lines(told):
    tax = line("<Tax><Amount>1.00</Amount></Tax>")
    sale = told(ticket(goods("A", 1, "2.00"), goods("B", 1, "1.00"), tax, tender("4.00"))).only
    assert [one["tax"] for one in sale["data"]["lines"]] == ["0.67", "0.33"]
    assert sums(sale)[1:3] == (False, "4.00")


@pytest.mark.parametrize("shared", [False, True])
def test_a_discount_of_the_whole_ticket_counts_once(told, shared):
    """Some tills say it once more in the lines it was taken from."""
    off = "<ExtendedDiscountAmount>{}</ExtendedDiscountAmount>"
    discount = line("<Discount><Amount>3.00</Amount></Discount>")
    lines = [
        goods("A", 1, "20.00", more=off.format("2.00") * shared),
        goods("B", 1, "10.00", more=off.format("1.00") * shared),
    ]
    sale = told(ticket(*lines, discount, tender("27.00"), total("27.00"))).only
    amounts = ["20.00", "10.00"]
    assert sums(sale) == (amounts, True, "27.00", "3.00", "0.00", 27.0)


def test_a_reward_is_worth_what_is_missing(told):
    reward = line("<LoyaltyReward><PromotionID>7</PromotionID></LoyaltyReward>")
    sale = told(ticket(goods("A", 1, "1.26"), reward, reward, tender("1.07"), total("1.07"))).only
    assert sums(sale) == (["1.26"], True, "1.07", "0.19", "0.00", 1.07)


def test_what_does_not_add_up_keeps_the_tills_own_total(told):
    sale = told(ticket(goods("A", 1, "10.00"), tender("7.00"), total("9.00"))).only
    assert sums(sale) == (["10.00"], True, "9.00", "0.00", "0.00", 7.0)


@pytest.mark.parametrize(
    "tenders",
    [
        tender("20.00", more="<TenderChange><Amount>7.50</Amount></TenderChange>"),
        tender("20.00") + tender("0", more="<TenderChange><Amount>7.50</Amount></TenderChange>"),
        tender("5.00", "CreditDebit")
        + tender("15.00")
        + tender("0", more="<TenderChange><Amount>7.50</Amount></TenderChange>"),
        tender("12.50") + tender("99.00", "CreditDebit", flags='VoidFlag="true"'),
        tender("12.50") + tender("99.00", "CreditDebit") + tender("-99.00", "CreditDebit", flags='VoidFlag="true"'),
        tender("20.00") + tender("7.50", code="Refund"),
    ],
)
def test_payments_are_net_of_change(told, tenders):
    sale = told(ticket(goods("A", 1, "12.50"), tenders)).only
    assert sums(sale)[2::3] == ("12.50", 12.5)


ROUNDED = '<Tender TenderType="X:Rounding">{}<Rounding RoundingDirection="{}">{}</Rounding></Tender>'


@pytest.mark.parametrize(
    ("rounding", "paid", "signed"),
    [
        (ROUNDED.format("", "Up", "0.02"), "10.00", "0.02"),
        (ROUNDED.format("<Amount>0.03</Amount>", "Down", "0.03"), "9.95", "-0.03"),
    ],
)
def test_a_ticket_rounded_to_the_smallest_coin_adds_up(told, rounding, paid, signed):
    sale = told(ticket(goods("A", 1, "9.98"), tender(paid), line(rounding), total("9.98"))).only
    assert sums(sale)[2:] == (paid, "0.00", signed, float(paid))


def test_the_currency_is_said_once_or_beside_the_amounts_or_is_the_stores(told):
    from omni_sync.pos.files.stores import Stores

    bare = ticket(goods("A", 1, "1500"), tender("1500"), currency="")
    assert told(bare, stores=Stores(currency_of={"menteng": "IDR"}.get)).only["data"]["currency"] == "IDR"
    beside = ticket(goods("A", 1, "1500"), '<Total TotalType="X" CurrencyCode="JPY">1500</Total>', currency="")
    assert told(beside).only["data"]["currency"] == "JPY"
    assert told(bare).errors == ["line 3: the currency '' is not one we can count in"]


def test_a_price_for_several_is_the_price_of_one(told):
    more = '<RegularSalesUnitPrice Quantity="3">5.00</RegularSalesUnitPrice>'
    sale = told(ticket(goods("A", 3, "5.00", more=more), tender("5.00"))).only
    assert sale["data"]["lines"][0]["unit_price"] == "1.67"


@pytest.mark.parametrize("wrong", ["twelve", "NaN", "1e999", "9" * 30])
def test_an_amount_that_is_no_number_rejects_its_ticket_only(told, wrong):
    both = told(ticket(goods("A", 1, wrong), number="1"), ticket(goods("A", 1, "1.00"), number="2"))
    assert [event["data"]["sale"] for event in both.events] == ["2026-11-20.2.2"]
    assert both.errors[0].startswith("line 3: ")
