"""Whatever comes back in whatever parts: together it is what was paid, to the smallest coin, and never more."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from instore.returns.worth import ZERO, paid_for, within, worth_of
from omni_sync.money.exponents import unit

currencies = st.sampled_from(["IDR", "EUR", "JPY"])
counts = st.integers(0, 10**7)


@st.composite
def sales(draw):
    """Lines of so many pieces and so much money, and a total that discounts and rounding made of them."""
    currency = draw(currencies)
    step = unit(currency)
    lines = draw(st.lists(st.tuples(st.integers(1, 12), counts.map(lambda n: n * step)), min_size=1, max_size=6))
    whole = sum((amount for _, amount in lines), ZERO)
    total = draw(st.integers(0, int(whole / step)).map(lambda n: n * step)) + draw(st.sampled_from([0, 1, -1])) * step
    return currency, lines, max(total, ZERO)


@given(sales(), st.data())
def test_any_order_of_parts_gives_back_what_was_paid(sale, data):
    currency, lines, total = sale
    paid = paid_for(total=total, amounts=[amount for _, amount in lines], currency=currency)
    known = sum(paid, ZERO)
    assert known == (total if any(amount for _, amount in lines) else ZERO)
    left = [[quantity, money] for (quantity, _), money in zip(lines, paid, strict=True)]
    back = ZERO
    while open_ones := [one for one in left if one[0]]:
        line = data.draw(st.sampled_from(open_ones))
        quantity = data.draw(st.integers(1, line[0]))
        amount = worth_of(quantity=quantity, left=line[0], money=line[1], currency=currency)
        assert ZERO <= amount <= line[1]
        assert amount % unit(currency) == 0
        line[0] -= quantity
        line[1] -= amount
        back += amount
        assert back <= known
    assert back == known


@given(currencies, st.lists(counts, min_size=1, max_size=6), counts)
def test_parts_are_lowered_to_what_is_left_and_never_raised(currency, wanted, most):
    step = unit(currency)
    amounts, most = [n * step for n in wanted], most * step
    got = within(amounts=amounts, most=most, currency=currency)
    assert sum(got) == min(sum(amounts), most)
    assert all(ZERO <= one <= other for one, other in zip(got, amounts, strict=True))


def test_same_pieces_of_a_line_are_worth_the_same_but_for_a_coin():
    amounts, money = [], Decimal(100)
    for left in (3, 2, 1):
        amounts.append(worth_of(quantity=1, left=left, money=money, currency="IDR"))
        money -= amounts[-1]
    assert sorted(amounts) == [33, 33, 34]


def test_line_that_cost_nothing_gives_nothing():
    assert paid_for(total=Decimal(5), amounts=[ZERO, ZERO], currency="IDR") == [0, 0]
    assert worth_of(quantity=1, left=0, money=Decimal(5), currency="IDR") == 0
