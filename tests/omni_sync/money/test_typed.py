from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omni_sync.money.exceptions import InvalidAmount, UnsupportedCurrency
from omni_sync.money.exponents import unit
from omni_sync.money.formatting import format_money, format_plain
from omni_sync.money.typed import read_money


@pytest.mark.parametrize(
    ("typed", "currency", "locale", "amount"),
    [
        ("149.000", "IDR", "id", "149000"),
        ("149,000", "IDR", "en", "149000"),
        ("149000", "IDR", "id", "149000"),
        (" Rp 149.000 ", "IDR", "id", "149000"),
        ("Rp149,000", "IDR", "en-gb", "149000"),
        ("1,490", "JPY", "en", "1490"),
        ("1.490", "JPY", "id", "1490"),
        ("149.50", "EUR", "en", "149.50"),
        ("149,5", "EUR", "id", "149.50"),
        ("1.149,50", "EUR", "id", "1149.50"),
        ("€1,149.50", "EUR", "en", "1149.50"),
        ("1 149,50 €", "EUR", "fr", "1149.50"),
    ],
)
def test_amount_is_what_it_says_to_its_reader(typed, currency, locale, amount):
    assert str(read_money(typed, currency, locale)) == amount


@pytest.mark.parametrize(
    ("typed", "currency", "locale", "reason"),
    [
        ("149.000", "IDR", "en", "decimals"),
        ("149,000", "IDR", "id", "decimals"),
        ("149.00", "JPY", "en", "decimals"),
        ("149.5", "IDR", "en", "decimals"),
        ("149.505", "EUR", "en", "decimals"),
        ("149.5", "IDR", "id", "form"),
        ("14,90", "EUR", "en", "form"),
        ("14.90", "EUR", "id", "form"),
        ("1,49,000", "IDR", "en", "form"),
        ("1e5", "IDR", "en", "form"),
        ("1_000", "IDR", "en", "form"),
        ("NaN", "IDR", "en", "form"),
        ("１４９", "IDR", "en", "form"),  # noqa: RUF001
        ("+5", "IDR", "en", "form"),
        ("5 6", "IDR", "en", "form"),
        ("", "IDR", "en", "form"),
        ("Rp", "IDR", "en", "form"),
        ("9" * 21, "IDR", "en", "form"),
        ("-5", "IDR", "id", "sign"),
        ("0", "IDR", "id", "nothing"),
        ("0.00", "EUR", "en", "nothing"),
        ("10,000,000,000", "IDR", "en", "size"),
    ],
)
def test_what_could_be_meant_otherwise_is_refused(typed, currency, locale, reason):
    with pytest.raises(InvalidAmount) as refusal:
        read_money(typed, currency, locale)
    assert refusal.value.reason == reason


def test_money_of_an_unsupported_currency_is_never_read():
    with pytest.raises(UnsupportedCurrency):
        read_money("1", "KWD", "en")


@given(
    st.integers(min_value=1, max_value=9_999_999_999),
    st.sampled_from(["IDR", "EUR", "JPY"]),
    st.sampled_from(["id", "en", "de", "fr"]),
)
def test_what_is_written_is_read_again(number, currency, locale):
    amount = Decimal(number).scaleb(-2).quantize(unit("EUR")) if currency == "EUR" else Decimal(number)
    for written in (format_money(amount, currency, locale), format_plain(amount, currency, locale)):
        assert read_money(written, currency, locale) == amount


@given(st.text(max_size=24))
def test_nothing_typed_is_anything_but_an_amount_or_refused(typed):
    try:
        amount = read_money(typed, "IDR", "id")
    except InvalidAmount:
        return
    assert amount > 0
    assert amount == amount.to_integral_value()
