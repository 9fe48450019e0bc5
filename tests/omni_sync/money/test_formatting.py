from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omni_sync.money.exceptions import UnsupportedCurrency
from omni_sync.money.formatting import format_money


@pytest.mark.parametrize(
    ("amount", "currency", "locale", "text"),
    [
        ("149000", "IDR", "id", "Rp149.000"),
        ("149000.00", "IDR", "en", "Rp149,000"),
        ("149000", "IDR", "en-gb", "Rp149,000"),
        ("0", "IDR", "id", "Rp0"),
        ("-0.00", "IDR", "id", "Rp0"),
        ("-5000", "IDR", "id", "-Rp5.000"),
        ("1234.5", "USD", "en", "$1,234.50"),
        ("1234.5", "EUR", "de", "1.234,50\N{NO-BREAK SPACE}€"),
        ("5", "JPY", "ja", "￥5"),
        ("5", "SEK", "en", "SEK\N{NO-BREAK SPACE}5.00"),
        ("12.345", "USD", "en", "$12.35"),
    ],
)
def test_money_is_written_as_the_reader_expects(amount, currency, locale, text):
    assert format_money(Decimal(amount), currency, locale) == text


def test_money_of_an_unsupported_currency_is_never_shown():
    with pytest.raises(UnsupportedCurrency):
        format_money(Decimal(1), "KWD", "en")


@given(st.integers(min_value=0, max_value=9_999_999_999))
def test_the_digits_shown_are_the_digits_owed(amount):
    for locale in ("id", "en", "de"):
        assert "".join(filter(str.isdigit, format_money(Decimal(amount), "IDR", locale))) == str(amount)
