from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omni_sync.money.allocation import allocate
from omni_sync.money.exceptions import NothingToShare

weights = st.lists(st.integers(min_value=0, max_value=10_000_000).map(Decimal), min_size=1, max_size=40)


def test_a_discount_falls_on_lines_in_proportion():
    shares = allocate(total=Decimal(10000), weights=[Decimal(149000), Decimal(298000)], currency="IDR")
    assert shares == [Decimal(3333), Decimal(6667)]


def test_the_units_left_go_to_the_largest_remainders_first():
    shares = allocate(total=Decimal("0.05"), weights=[Decimal(3), Decimal(3), Decimal(1)], currency="USD")
    assert shares == [Decimal("0.02"), Decimal("0.02"), Decimal("0.01")]


def test_equal_remainders_go_to_the_earlier_line():
    shares = allocate(total=Decimal(1), weights=[Decimal(1)] * 3, currency="JPY")
    assert shares == [1, 0, 0]


def test_nothing_can_be_shared_over_nothing():
    with pytest.raises(NothingToShare) as refusal:
        allocate(total=Decimal(5), weights=[Decimal(0)], currency="IDR")
    assert refusal.value.total == 5
    assert allocate(total=Decimal(0), weights=[Decimal(0), Decimal(0)], currency="IDR") == [0, 0]
    assert allocate(total=Decimal(0), weights=[], currency="IDR") == []


@given(weights, st.integers(min_value=-50_000_000, max_value=50_000_000))
def test_shares_sum_to_the_total_to_the_last_unit(weights, units):
    total = Decimal(units) if any(weights) else Decimal(0)
    assert sum(allocate(total=total, weights=weights, currency="IDR")) == total


@given(weights, st.integers(min_value=0, max_value=50_000_000))
def test_cents_sum_to_the_total_over_weights_in_rupiah_or_cents(weights, units):
    total = Decimal(units) / 100 if any(weights) else Decimal(0)
    for scale in (1, 100):
        assert sum(allocate(total=total, weights=[weight / scale for weight in weights], currency="USD")) == total


@given(weights, st.integers(min_value=0, max_value=100))
def test_no_line_is_discounted_below_nothing(weights, percent):
    total = (sum(weights) * percent / 100).quantize(Decimal(1))
    shares = allocate(total=min(total, sum(weights)), weights=weights, currency="IDR")
    assert all(0 <= share <= weight for share, weight in zip(shares, weights, strict=True))


@given(weights, st.integers(min_value=0, max_value=50_000_000))
def test_a_share_is_never_a_unit_or_more_from_its_proportion(weights, units):
    whole = sum(weights)
    total = Decimal(units) if whole else Decimal(0)
    for share, weight in zip(allocate(total=total, weights=weights, currency="IDR"), weights, strict=True):
        assert abs(share * whole - total * weight) < max(whole, 1)
