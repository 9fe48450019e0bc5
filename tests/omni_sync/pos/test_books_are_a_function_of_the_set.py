"""Any order, any repeats, any batches: the same books, and those of a model written apart (R1, R1b, R6)."""

from contextlib import contextmanager
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from omni_sync.pos.drain import drain
from omni_sync.pos.heal import heal_unmatched
from omni_sync.pos.models import InboxEvent
from tests.factories import (
    NOON,
    adjusted,
    arrived,
    books,
    counted,
    goods_in,
    instants,
    make_connection,
    make_product,
    make_record,
    make_store,
    returned,
    sale,
    sent,
    tell,
    violations,
    voided,
)
from tests.omni_sync.pos import reference

pytestmark = pytest.mark.django_db

ZONE = "Asia/Jakarta"
STORES = ("one", "two")
SKUS = ("TEE", "CAP", "LATE")  # nobody knows LATE until somewhere in the middle
MOMENTS = [NOON + timedelta(seconds=step) for step in (0, 1, 2, 3)]  # few, so that they collide
SALES = ("S1", "S2")
RETURNS = ("B1", "B2")


@st.composite
def written_instants(draw):
    """One of few instants, written in one of the ways a till may write it."""
    at = draw(st.sampled_from(MOMENTS))
    local = at.astimezone(ZoneInfo(ZONE))
    return draw(st.sampled_from([at.isoformat(), local.isoformat(), local.replace(tzinfo=None).isoformat()]))


stores = st.sampled_from(STORES)
baskets = st.lists(st.tuples(st.sampled_from(SKUS), st.integers(1, 5)), min_size=1, max_size=3)
shelves = st.lists(st.tuples(st.sampled_from(SKUS), st.integers(0, 9)), min_size=1, max_size=3)
changes = st.lists(
    st.tuples(st.sampled_from(SKUS), st.integers(-5, 5).filter(bool)), min_size=1, max_size=2
)  # fmt: skip
originals = st.one_of(
    st.none(),
    st.builds(lambda number: {"sale": number}, st.sampled_from(SALES)),
    st.builds(lambda number, store: {"sale": number, "store": store}, st.sampled_from(SALES), stores),
)


@st.composite
def tellings(draw):
    """Events of a till at two stores: every number once, some said again under another id."""
    at, sales, returns = written_instants(), st.sets(st.sampled_from(SALES)), st.sets(st.sampled_from(RETURNS))
    events = []
    for store in STORES:
        events += [sale(store, number, draw(baskets), at=draw(at)) for number in draw(sales)]
        events += [
            returned(store, number, draw(baskets), of=draw(originals), at=draw(at), restock=draw(st.booleans()))
            for number in draw(returns)
        ]
        events += [voided(store, sale=number, at=draw(at)) for number in draw(sales)]
        events += [voided(store, at=draw(at), **{"return": number}) for number in draw(returns)]
    for n, (make, lines) in enumerate(draw(st.lists(st.sampled_from(MOVES), max_size=3))):
        events += [make(draw(stores), draw(lines), at=draw(at), document=f"D{n}")]
    events = [{**event, "id": f"e{n}"} for n, event in enumerate(events)]
    again = draw(st.lists(st.sampled_from(events), max_size=2)) if events else []
    shelf_counts = [
        counted(draw(stores), draw(shelves), at=draw(at), key=f"{draw(st.sampled_from('aZé'))}{n}")
        for n in range(draw(st.integers(0, 4)))
    ]
    return events + [{**event, "id": f"again-{n}"} for n, event in enumerate(again)] + shelf_counts


MOVES = [
    (adjusted, changes),
    (goods_in, baskets),
    (lambda store, lines, **more: sent(store, "T1", lines, **more), baskets),
    (lambda store, lines, **more: arrived(store, "T1", lines, **more), baskets),
]


@st.composite
def ways_to_tell(draw, events):
    """Deliveries in some order, with repeats, each worked off at once or later; and before which LATE is known."""
    repeats = draw(st.lists(st.sampled_from(events), max_size=3)) if events else []
    every = draw(st.permutations(events + repeats))
    cuts = sorted(draw(st.sets(st.integers(1, len(every) - 1), max_size=4))) if len(every) > 1 else []
    parts = [every[a:b] for a, b in zip([0, *cuts], [*cuts, len(every)], strict=True)]
    deliveries = [(part, draw(st.booleans())) for part in parts if part]
    return deliveries, draw(st.integers(0, len(deliveries)))


@st.composite
def stories(draw):
    """A set of events and three ways to tell it."""
    events = draw(tellings())
    return events, [draw(ways_to_tell(events)) for _ in range(3)]


@contextmanager
def undone():
    """What happens inside never happened; the use-cases still open transactions that are durable to them."""
    mark = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(mark)


class World:
    """Two stores of one till, fresh for every example."""

    def __init__(self):
        self.stores = [make_store(code, zone=ZONE) for code in STORES]
        self.till = make_connection(*self.stores, name="till")
        for sku in ("TEE", "CAP"):
            product = make_product(sku)
            for store in self.stores:
                make_record(store, product=product, sku=sku)

    def told(self, deliveries, known_before):
        """The books after all this; LATE becomes known before that delivery, or after the last."""
        for n, (events, at_once) in enumerate(deliveries):
            if n == known_before:
                self.learn()
            tell(self.till, *events)
            if at_once:
                drain()
        if known_before >= len(deliveries):
            drain()
            self.learn()
        drain()
        heal_unmatched()
        assert not InboxEvent.objects.exclude(state__in=["applied", "duplicate"]).exists()
        return books(*self.stores), instants(*self.stores)

    def learn(self):
        make_record(self.stores[0], product=make_product("LATE"), sku="LATE")


def expected(events):
    known = {(store, sku): 0 for store in STORES for sku in ("TEE", "CAP")} | {("one", "LATE"): 0}
    return known | reference.books(events, ZONE), reference.instants(events, ZONE)


COUNT_BETWEEN = [
    sale("one", "S1", {"TEE": 3}, at=MOMENTS[0]),
    counted("one", {"TEE": 5}, at=MOMENTS[1]),
    voided("one", sale="S1", at=MOMENTS[2]),
    returned("two", "B1", {"TEE": 1}, of={"sale": "S1", "store": "one"}, at=MOMENTS[0]),
    voided("two", at=MOMENTS[3], **{"return": "B1"}),
]


IN_ORDER = [([event], True) for event in COUNT_BETWEEN]
BACKWARDS = IN_ORDER[::-1]
AT_ONCE = [(COUNT_BETWEEN, True)]


@settings(
    max_examples=25, deadline=None, suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)  # fmt: skip
@pytest.mark.long
@given(story=stories())
@example(story=(COUNT_BETWEEN, [(IN_ORDER, 0), (BACKWARDS, 2), (AT_ONCE, 1)]))
def test_books_are_a_function_of_the_set_of_events(db, story):
    events, ways = story
    truth = expected(events)
    with undone():
        world = World()
        for deliveries, known_before in ways:
            with undone():
                assert world.told(deliveries, known_before) == truth
                assert violations() == []


def test_the_model_agrees_with_a_day_worked_out_by_hand():
    """Sold 3 before a count of 5, voided after it: 3 are back. The return (+1, before the count) went with the sale."""
    assert reference.books(COUNT_BETWEEN, ZONE) == {("one", "TEE"): 5 + 3, ("two", "TEE"): 1 - 1}
