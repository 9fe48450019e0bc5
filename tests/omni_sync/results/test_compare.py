"""Intervals and sizes against figures worked out by hand, or by another method of the library."""

from decimal import Decimal

import pytest
from scipy.stats import ttest_ind

from omni_sync.messages.comparing.size import persons_needed
from omni_sync.results.compare import change, earned
from omni_sync.results.read import Group, together


def group(persons, buyers, **money):
    sums = {
        currency: (sum(map(Decimal, each), Decimal(0)), sum((Decimal(one) ** 2 for one in each), Decimal(0)))
        for currency, each in money.items()
    }
    return Group("x", persons=persons, buyers=buyers, money=sums)


def test_the_interval_of_a_ratio_is_the_one_by_hand():
    # ln 1.5 ± 1.959964 √(1/30 - 1/100 + 1/20 - 1/100) = 0.405465 ± 0.493247
    found = change(group(100, 30), group(100, 20))
    assert found.low == pytest.approx(-0.08404, abs=1e-4)
    assert found.high == pytest.approx(1.45644, abs=1e-4)
    assert not found.is_known


def test_two_questions_make_each_interval_wider():
    # z for 97.5 % is 2.241403: 0.405465 ± 0.564074
    found = change(group(100, 30), group(100, 20), questions=2)
    assert found.low == pytest.approx(-0.14666, abs=1e-4)
    assert found.high == pytest.approx(1.63665, abs=1e-4)


def test_a_large_difference_is_known():
    assert change(group(1000, 200), group(1000, 100)).is_known
    assert change(group(1000, 100), group(1000, 200)).is_known


@pytest.mark.parametrize(("one", "other"), [((10, 0), (10, 5)), ((10, 5), (10, 0)), ((0, 0), (0, 0))])
def test_nothing_is_said_where_nobody_bought(one, other):
    found = change(group(*one), group(*other))
    assert (found.low, found.high, found.is_known) == (None, None, False)


def test_what_was_earned_is_the_difference_for_all_of_them_with_welchs_interval():
    one, other = [10, 0, 20, 0], [0, 0, 4, 0]
    (found,) = earned(group(4, 2, USD=one), group(4, 1, USD=other))
    bounds = ttest_ind(one, other, equal_var=False).confidence_interval(0.95)
    assert found.amount == Decimal("26.00")  # (7.50 - 1.00) * 4
    assert float(found.low) == pytest.approx(4 * bounds.low, abs=0.01)
    assert float(found.high) == pytest.approx(4 * bounds.high, abs=0.01)


def test_currencies_are_never_added():
    found = earned(group(4, 3, USD=[1, 2], IDR=[50000]), group(4, 1, IDR=[20000], EUR=[3]))
    assert [(one.currency, one.amount) for one in found] == [
        ("EUR", Decimal("-3.00")), ("IDR", Decimal(30000)), ("USD", Decimal("3.00")),
    ]  # fmt: skip


def test_nothing_was_earned_by_one_person():
    assert earned(group(1, 1, USD=[5]), group(50, 1, USD=[5])) == []


def test_groups_together_are_the_sum_of_both():
    whole = together(group(4, 1, USD=[2]), group(6, 2, USD=[3], IDR=[1000]))
    assert (whole.persons, whole.buyers) == (10, 3)
    assert whole.money == {"USD": (5, 13), "IDR": (1000, 1000000)}


@pytest.mark.parametrize(
    ("base", "effect", "size"),
    [("10.0", 20, 3841), ("5.0", 30, 3780), ("50.0", 20, 388)],
)
def test_the_size_of_a_test_is_the_one_of_the_textbook(base, effect, size):
    assert persons_needed(base=Decimal(base), effect=effect) == size
