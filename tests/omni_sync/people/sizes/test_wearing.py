"""Which size somebody wears: a function of the set of what tells of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omni_sync.people.sizes.wearing import Evidence, Why, Worn, estimate, learn, pick

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SHOES, BOOTS = 1, 2


def told(size, *, days=0, why=Why.BOUGHT, occasion=None, system="EU", **more):
    at = NOW - timedelta(days=days)
    return Evidence(why, system, size, at, occasion or f"{why} {size} {days}", **more)


def worn(evidence, **which):
    found = pick(learn(evidence), **{"size_system": "EU", "brand": "", "categories": (), **which})
    return found and found.size


a_telling = st.builds(
    told,
    st.sampled_from(["41", "42", "43"]),
    days=st.integers(0, 4000),
    why=st.sampled_from([Why.BOUGHT, Why.EXCHANGED, Why.FILTERED, Why.UNFIT]),
    occasion=st.sampled_from("abcdefgh"),
    brand=st.sampled_from(["", "Langkah"]),
    categories=st.sets(st.sampled_from([SHOES, BOOTS])).map(frozenset),
)
evidence = st.lists(a_telling, max_size=12)
purchases = st.lists(st.builds(told, st.sampled_from(["41", "42", "43"]), days=st.integers(0, 4000)), min_size=1)


@given(evidence, st.randoms())
def test_the_order_does_not_matter_and_what_is_told_twice_counts_once(some, random):
    again = [*some, *random.choices(some, k=len(some))] if some else []
    random.shuffle(again)
    assert learn(again) == learn(some)


@given(evidence, st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=3000)))
def test_it_does_not_matter_when_it_is_asked(some, later):
    moved = [replace(one, at=one.at + later) for one in some]
    assert [one.size for one in learn(moved)] == [one.size for one in learn(some)]


@given(purchases)
def test_what_was_bought_once_is_a_size_and_it_is_one_that_was_bought(some):
    assert worn(some) in {one.size for one in some}


@given(st.lists(st.integers(0, 4000), min_size=2, unique=True), st.integers(0, 4000))
def test_a_gift_among_several_never_flips_it(days, when):
    mine = [told("42", days=day) for day in days]
    gift = told("38", days=when, categories=frozenset({SHOES}))
    assert worn([*mine, gift]) == "42"
    assert worn([*mine, gift], categories={SHOES}) == "42"


@given(evidence, st.lists(st.builds(told, st.just("50"), days=st.integers(0, 4000), why=st.just(Why.FILTERED))))
def test_what_is_looked_for_never_outvotes_what_was_bought(some, looked_for):
    bought = [one for one in some if one.why != Why.FILTERED]
    if learn(bought):
        assert learn([*bought, *looked_for]) == learn(bought)


def test_of_two_that_were_bought_once_the_later_counts():
    assert worn([told("42", days=10), told("43", days=1)]) == "43"


def test_feet_grow_what_was_bought_lately_counts_more_than_what_was_bought_once():
    old = [told("40", days=day) for day in (1500, 1600, 1700, 1800)]
    assert worn([*old, told("42", days=5), told("42", days=40)]) == "42"


def test_what_was_bought_together_is_one_telling():
    mine = [told("42", days=300), told("42", days=200)]
    gifts = [told("38", occasion="order:9"), replace(told("38", occasion="order:9"), categories=frozenset({9}))]
    assert worn([*mine, *gifts]) == "42"


def test_what_was_taken_in_exchange_counts_more_and_what_did_not_fit_less():
    mine = [told("42", days=400), told("42", days=300)]
    swapped = [told("42", days=1, why=Why.UNFIT), told("43", days=1, why=Why.EXCHANGED)]
    assert worn([*mine, *swapped]) == "43"
    assert worn([told("42", days=day) for day in (10, 20, 30, 40, 50)] + swapped) == "42"


@pytest.mark.parametrize(("days", "known"), [(2, None), (3, "42")])
def test_what_is_looked_for_on_three_days_is_a_size(days, known):
    assert worn([told("42", days=day, why=Why.FILTERED) for day in range(days)]) == known


def test_goods_in_which_another_size_was_bought_twice_have_their_own():
    some = [told("42", days=day, categories=frozenset({SHOES})) for day in (1, 2, 3)]
    boots = [told("43", days=day, categories=frozenset({BOOTS})) for day in (4, 5)]
    assert worn([*some, *boots]) == "42"
    assert worn([*some, *boots], categories={BOOTS}) == "43"
    assert worn([*some, boots[0]], categories={BOOTS}) == "42"


def test_a_brand_that_is_cut_narrow_has_its_own():
    some = [told("42", days=day, categories=frozenset({SHOES}), brand="Langkah") for day in (1, 2, 3)]
    narrow = [told("43", days=day, categories=frozenset({SHOES}), brand="Sempit") for day in (4, 5)]
    assert worn([*some, *narrow], categories={SHOES}, brand="Sempit") == "43"
    assert worn([*some, *narrow], categories={SHOES}, brand="Langkah") == "42"
    assert worn([*some, *narrow], categories={SHOES}) == "42"


def test_the_reason_is_the_latest_telling():
    best = estimate([told("42", days=9, store="dago"), told("42", days=3, store="menteng"), told("40", days=1)])
    assert (best.size, best.store) == ("42", "menteng")
    assert estimate([]) is None


def test_each_system_has_its_own():
    assert [(one.size_system, one.size) for one in learn([told("M", system="SML"), told("42")])] == [
        ("EU", "42"), ("SML", "M"),
    ]  # fmt: skip


def test_what_was_typed_for_all_goods_is_picked_for_any():
    assert pick([Worn("EU", "42", "typed")], size_system="EU", brand="x", categories={SHOES}).size == "42"
    assert pick([], size_system="EU", brand="", categories=()) is None
