"""Whatever offers take off a basket, its lines can be paid and are the total."""

from decimal import Decimal
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st
from oscar.core.loading import get_class

from omni_sync.money.exponents import unit
from omni_sync.money.rounding import round_offer
from omni_sync.oscar.discounts import share

Registry = get_class("basket.utils", "LineDiscountRegistry")
FRIDAY, WINTER = SimpleNamespace(pk=1), SimpleNamespace(pk=2)


def line(currency, net, tax, quantity):
    step = unit(currency)
    made = SimpleNamespace(
        quantity=quantity, price_currency=currency, is_tax_known=True,
        line_price_excl_tax=net * step * quantity, line_price_incl_tax=(net + tax) * step * quantity,
    )  # fmt: skip
    made.discounts = Registry(made)
    return made


@st.composite
def discounted(draw):
    """Lines of which one or two offers, with tax or without, take up to all, in as many decimals as it takes."""
    currency, with_tax = draw(st.sampled_from(["IDR", "EUR", "JPY"])), draw(st.booleans())
    lines = []
    for _ in range(draw(st.integers(1, 5))):
        net = draw(st.integers(1, 99_999))
        lines.append(line(currency, net, draw(st.integers(0, net // 3)), draw(st.integers(1, 4))))
    first, second = draw(st.integers(0, 1000)), draw(st.integers(0, 1000))
    for one in lines:
        price = one.line_price_incl_tax if with_tax else one.line_price_excl_tax
        for offer, thousandths in ((FRIDAY, first), (WINTER, min(second, 1000 - first))):
            take(one, price * thousandths / 1000, offer, with_tax)
    return currency, with_tax, lines


def take(one, amount, offer, with_tax):
    if amount:
        one.discounts.discount(amount, 1, incl_tax=with_tax, offer=offer)


@given(discounted())
def test_lines_lose_what_the_offers_give_and_can_be_paid(basket):
    currency, with_tax, lines = basket
    exact = {
        offer.pk: sum((d.amount for one in lines for d in one.discounts if d.offer is offer), Decimal(0))
        for offer in (FRIDAY, WINTER)
    }
    given_away = share(lines)
    for offer, amount in given_away.items():
        assert 0 <= round_offer(exact[offer], currency) - amount <= unit(currency) * len(lines)
    taken = [(one.discounts.incl_tax if with_tax else one.discounts.excl_tax) for one in lines]
    assert sum(taken) == sum(given_away.values())
    for one in lines:
        gross = one.line_price_incl_tax - one.discounts.incl_tax
        net = one.line_price_excl_tax - one.discounts.excl_tax
        assert (gross % unit(currency), net % unit(currency)) == (0, 0)
        assert 0 <= net <= gross


@given(st.integers(1, 99_999), st.integers(0, 9_999), st.integers(1, 4), st.booleans())
def test_all_of_it_off_leaves_nothing(net, tax, quantity, with_tax):
    one = line("EUR", net, tax, quantity)
    take(one, one.line_price_incl_tax if with_tax else one.line_price_excl_tax, FRIDAY, with_tax)
    share([one])
    assert (one.discounts.incl_tax, one.discounts.excl_tax) == (one.line_price_incl_tax, one.line_price_excl_tax)


def test_tax_that_nobody_knows_yet_is_not_asked_for():
    one = line("JPY", 333, 0, 3)
    one.is_tax_known = False
    take(one, Decimal("99.9"), FRIDAY, False)
    assert share([one]) == {1: 99}
    assert (one.discounts.excl_tax, one.discounts.incl_tax) == (99, 0)


def test_one_offer_is_not_cut_line_by_line():
    lines = [line("JPY", 5, 0, 1) for _ in range(4)]
    for one in lines:
        take(one, Decimal("0.5"), FRIDAY, False)
    assert share(lines) == {1: 2}
    assert [one.discounts.excl_tax for one in lines] == [1, 1, 0, 0]
