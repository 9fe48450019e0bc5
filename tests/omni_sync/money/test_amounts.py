from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omni_sync.money.amounts import parse, write
from omni_sync.money.exceptions import InvalidAmount, UnsupportedCurrency
from omni_sync.money.exponents import exponent, is_supported

rupiah = st.integers(min_value=0, max_value=9_999_999_999).map(Decimal)
cents = st.integers(min_value=0, max_value=999_999_999_999).map(lambda n: Decimal(n) / 100)


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("149000", "IDR", Decimal(149000)),
        ("0", "IDR", Decimal(0)),
        ("12.5", "USD", Decimal("12.50")),
        ("12.50", "USD", Decimal("12.50")),
        ("007", "JPY", Decimal(7)),
    ],
)
def test_an_amount_is_read_in_major_units(text, currency, amount):
    assert parse(text, currency) == amount


@pytest.mark.parametrize(
    ("value", "currency", "reason"),
    [
        (149000, "IDR", "type"),
        (1.5, "USD", "type"),
        (None, "USD", "type"),
        (Decimal(1), "USD", "type"),
        (True, "USD", "type"),
        ("", "USD", "form"),
        ("NaN", "USD", "form"),
        ("Infinity", "USD", "form"),
        ("1e3", "USD", "form"),
        ("+1", "USD", "form"),
        (" 1", "USD", "form"),
        ("1\n", "USD", "form"),
        ("1,000", "USD", "form"),
        (".5", "USD", "form"),
        ("5.", "USD", "form"),
        ("\N{ARABIC-INDIC DIGIT ONE}", "USD", "form"),
        ("-1", "USD", "sign"),
        ("149000.00", "IDR", "decimals"),
        ("1.005", "USD", "decimals"),
        ("12345678901", "IDR", "size"),
    ],
)
def test_what_is_not_an_amount_is_refused_with_the_reason(value, currency, reason):
    with pytest.raises(InvalidAmount) as refusal:
        parse(value, currency)
    assert (refusal.value.value, refusal.value.currency, refusal.value.reason) == (value, currency, reason)


def test_a_minus_is_read_only_where_it_may_stand():
    assert parse("-50", "IDR", signed=True) == Decimal(-50)
    assert str(parse("-0", "IDR", signed=True)) == "0"


@pytest.mark.parametrize("currency", ["KWD", "CLF", "XXQ", "idr", ""])
def test_a_currency_the_columns_cannot_hold_is_refused(currency):
    assert not is_supported(currency)
    with pytest.raises(UnsupportedCurrency):
        parse("1", currency)


def test_the_rupiah_has_no_decimals_and_the_dollar_two():
    assert (exponent("IDR"), exponent("JPY"), exponent("USD"), exponent("EUR")) == (0, 0, 2, 2)


@given(rupiah)
def test_rupiah_survive_the_wire(amount):
    assert parse(write(amount, "IDR"), "IDR") == amount


@given(cents)
def test_cents_survive_the_wire(amount):
    assert parse(write(amount, "USD"), "USD") == amount
    assert write(amount, "USD").partition(".")[2].isdigit()


@given(st.text(max_size=12))
def test_any_text_is_an_amount_or_a_refusal(text):
    try:
        amount = parse(text, "USD")
    except InvalidAmount:
        return
    assert amount.is_finite()
    assert amount >= 0
    assert amount == Decimal(text)


@pytest.mark.parametrize("amount", [Decimal("1.5"), Decimal("NaN"), Decimal("Infinity")])
def test_writing_never_rounds(amount):
    with pytest.raises(InvalidAmount):
        write(amount, "IDR")
