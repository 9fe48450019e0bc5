"""Intervals and sizes against figures worked out by hand, or by another method of the library."""

from decimal import Decimal

import pytest
from scipy.stats import ttest_ind

from omni_sync.messages.comparing.size import persons_needed
from omni_sync.results.compare import change, earned
from omni_sync.results.judge import Judged, Question
from omni_sync.results.read import Group, together
from omni_sync.results.words import in_words


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


@pytest.mark.parametrize(("one", "other"), [((10, 0), (10, 2)), ((10, 2), (10, 0)), ((0, 0), (0, 0))])
def test_nothing_is_said_where_too_few_bought(one, other):
    found = change(group(*one), group(*other))
    assert (found.low, found.high, found.is_known) == (None, None, False)


@pytest.mark.parametrize(
    ("one", "other", "direction"),
    [((3000, 300), (150, 0), 1), ((150, 0), (3000, 300), -1), ((3000, 3), (150, 0), 0), ((0, 0), (150, 4), 0)],
)
def test_a_difference_against_nobody_is_known_where_it_is_certain(one, other, direction):
    found = change(group(*one), group(*other))
    assert (found.low, found.high, found.direction) == (None, None, direction)
    assert found.is_known is (direction != 0)


def test_who_asks_two_questions_needs_to_be_surer():
    table = group(120, 6), group(120, 0)  # Fisher's p is 0.029
    assert change(*table).is_known
    assert not change(*table, questions=2).is_known


@pytest.mark.parametrize(
    ("messages", "held_out", "verdict"),
    [((3000, 300), (150, 0), "The messages work: more people bought."),
     ((150, 0), (3000, 300), "The messages do harm: fewer people bought."),
     ((30, 0), (15, 0), "Too few have bought anything: nothing can be said.")],
)  # fmt: skip
def test_a_verdict_never_says_the_opposite_of_its_figures(messages, held_out, verdict):
    question = Question("sent", "held_out", change(group(*messages), group(*held_out)))
    said = in_words(question, Judged(groups={}, questions=[question], earned=None, comparison=None, is_ripe=True))
    assert said["verdict"] == verdict
    assert ("there is a difference" in said["known"]) is question.change.is_known


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
