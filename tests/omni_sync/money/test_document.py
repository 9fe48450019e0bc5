from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omni_sync.money.allocation import allocate
from omni_sync.money.document import Flag, Line, check, total_of

D = Decimal


def test_the_sale_of_the_contract_adds_up():
    assert (
        check(
            lines=[Line(D(290000), D(28739))], tax_included=True, discount=D(0), total=D(290000), payments=[D(290000)]
        )
        == []
    )


def test_tax_that_is_not_included_is_added():
    lines = [Line(D("10.00"), D("1.10")), Line(D("5.00"), D("0.55"))]
    assert total_of(lines=lines, tax_included=False) == D("16.65")
    assert total_of(lines=lines, tax_included=True) == D("15.00")


def test_discount_shipping_and_rounding_are_counted_with_their_signs():
    lines = [Line(D(100_030))]
    given = {"discount": D(10_000), "shipping": D(15_000), "rounding": D(-30)}
    assert check(lines=lines, tax_included=True, total=D(105_000), payments=[D(5_000), D(100_000)], **given) == []


def test_a_total_that_is_off_is_flagged_with_both_figures():
    flags = check(lines=[Line(D(100))], tax_included=True, total=D(101), payments=[D(101)])
    assert flags == [Flag("total", expected=D(100), given=D(101))]
    assert flags[0].difference == 1


def test_payments_that_are_short_are_flagged():
    flags = check(lines=[Line(D(100))], tax_included=True, total=D(100), payments=[D(60), D(30)])
    assert flags == [Flag("payments", expected=D(100), given=D(90))]


def test_an_unpaid_order_has_something_due_and_no_fault():
    assert check(lines=[Line(D(100))], tax_included=True, total=D(100), payments=None) == []


def test_a_sale_of_nothing_adds_up():
    assert check(lines=[], tax_included=True, total=D(0), payments=[]) == []


@pytest.mark.parametrize("off", [D("0.01"), D("-0.01")])
def test_one_cent_is_enough_for_a_flag(off):
    assert check(lines=[Line(D("9.99"))], tax_included=True, total=D("9.99") + off, payments=[D("9.99") + off])


@given(
    st.lists(st.integers(1, 10_000_000).map(Decimal), min_size=1, max_size=20),
    st.integers(0, 100),
    st.integers(0, 100_000).map(Decimal),
)
def test_a_discount_moved_from_the_order_to_its_lines_changes_no_total(amounts, percent, shipping):
    discount = (sum(amounts) * percent / 100).quantize(D(1))
    shares = allocate(total=discount, weights=amounts, currency="IDR")
    whole = total_of(lines=map(Line, amounts), tax_included=True, discount=discount, shipping=shipping)
    reduced = [Line(amount - share) for amount, share in zip(amounts, shares, strict=True)]
    assert check(lines=reduced, tax_included=True, shipping=shipping, total=whole, payments=[whole]) == []
