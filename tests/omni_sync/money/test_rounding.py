from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omni_sync.money.checks import check_currency
from omni_sync.money.rounding import round_cash, round_half_even, round_half_up, round_offer

D = Decimal


def test_a_half_goes_up_in_prices_and_to_the_even_neighbour_in_sums():
    assert [round_half_up(D(text), "USD") for text in ("0.005", "0.015", "-0.005")] == [
        D("0.01"),
        D("0.02"),
        D("-0.01"),
    ]
    assert [round_half_even(D(text), "USD") for text in ("0.005", "0.015")] == [D("0.00"), D("0.02")]
    assert round_half_up(D("28738.74"), "IDR") == D("28739")


def test_cash_is_paid_in_coins_that_exist():
    assert round_cash(D("10.03"), step=D("0.05")) == (D("10.05"), D("0.02"))
    assert round_cash(D(148_950), step=D(100)) == (D(149_000), D(50))
    assert round_cash(D(148_949), step=D(100)) == (D(148_900), D(-49))


@given(st.integers(0, 10_000_000).map(lambda n: D(n) / 100), st.sampled_from([D("0.05"), D("0.5"), D(1), D(100)]))
def test_the_rounding_takes_the_amount_to_what_is_paid(amount, step):
    paid, rounding = round_cash(amount, step=step)
    assert amount + rounding == paid
    assert paid % step == 0
    assert abs(rounding) <= step / 2


def test_a_discount_is_cut_to_the_currency():
    assert round_offer(D("14900.99"), "IDR") == D("14900")
    assert round_offer(D("1.019"), "USD") == D("1.01")


def test_a_discount_without_a_currency_is_in_the_shops(settings):
    settings.OSCAR_DEFAULT_CURRENCY = "IDR"
    assert round_offer(D("14900.99")) == D("14900")


@pytest.mark.parametrize(
    ("currency", "function", "expected"),
    [("IDR", "x", []), ("KWD", "x", ["omni_sync.E101"]), ("EUR", None, ["omni_sync.E102"])],
)
def test_the_settings_are_checked(settings, currency, function, expected):
    settings.OSCAR_DEFAULT_CURRENCY = currency
    settings.OSCAR_OFFER_ROUNDING_FUNCTION = function
    assert [found.id for found in check_currency()] == expected
