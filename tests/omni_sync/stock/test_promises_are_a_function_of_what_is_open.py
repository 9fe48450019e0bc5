"""Holds against a model of a few lines: held is what is open, and nothing is granted that is not there (R2, R4)."""

from collections import Counter
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from omni_sync.stock.count import count, receive
from omni_sync.stock.dispatch import dispatch, give_back
from omni_sync.stock.exceptions import SoldOut
from omni_sync.stock.hold import Holder, Line, hold, reassign, release
from omni_sync.stock.levels import set_safety
from omni_sync.stock.models import Hold, Level, Movement
from omni_sync.stock.post import post
from omni_sync.stock.posting import Posting
from tests.factories import make_product, make_record, make_store, violations

pytestmark = pytest.mark.django_db

GOODS = range(3)
wishes = st.dictionaries(st.sampled_from(GOODS), st.integers(1, 6), max_size=3)
some = st.dictionaries(st.sampled_from(GOODS), st.integers(1, 6), min_size=1, max_size=3)
shoppers = st.sampled_from(["ann", "budi"])
steps = st.one_of(
    st.tuples(st.just("hold"), shoppers, wishes),
    st.tuples(st.just("hold"), shoppers, wishes),
    st.tuples(st.just("release"), shoppers),
    st.tuples(st.just("order"), shoppers),
    st.tuples(st.just("dispatch"), shoppers, some),
    st.tuples(st.just("give back"), shoppers, some),
    st.tuples(st.just("till sale"), some),
    st.tuples(st.just("count"), some),
    st.tuples(st.just("goods in"), some),
    st.tuples(st.just("safety"), st.integers(0, 3)),
)


@contextmanager
def undone():
    mark = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(mark)


class Model:
    """What is there, what is kept back, and what each shopper was promised."""

    def __init__(self):
        self.on_hand, self.safety, self.open = Counter(dict.fromkeys(GOODS, 8)), 0, {"ann": {}, "budi": {}}

    def held(self, good):
        return sum(mine.get(good, 0) for mine in self.open.values())

    def room(self, good, shopper):
        """What is available to the shopper: their own promise counts as available to them."""
        return self.on_hand[good] - self.held(good) - self.safety + self.open[shopper].get(good, 0)

    def lacks(self, shopper, wish):
        """What can't be promised; to keep or to lower a promise is always possible."""
        own = self.open[shopper]
        return {g for g, quantity in wish.items() if quantity > max(self.room(g, shopper), own.get(g, 0))}

    def part(self, shopper, wish):
        own = self.open[shopper]
        part = {good: min(own[good], quantity) for good, quantity in wish.items() if good in own}
        self.open[shopper] = {g: q - part.get(g, 0) for g, q in own.items() if q > part.get(g, 0)}
        return part


class Shop:
    """The same through our use-cases."""

    def __init__(self):
        self.store = make_store()
        self.records = [make_record(self.store, product=make_product(), sku=f"SKU-{g}", on_hand=8) for g in GOODS]
        self.holders = {name: Holder("basket", name) for name in ("ann", "budi")}
        self.model = Model()
        self.orders = 0

    def lines(self, wish):
        return [Line(self.records[good].pk, quantity) for good, quantity in wish.items()]

    def take(self, step, *told):
        getattr(self, step.replace(" ", "_"))(*told)
        levels = [Level.objects.get(stockrecord=record) for record in self.records]
        assert [level.held for level in levels] == [self.model.held(good) for good in GOODS]
        assert [level.on_hand for level in levels] == [self.model.on_hand[good] for good in GOODS]

    def hold(self, shopper, wish):
        room = {self.records[g].pk: max(self.model.room(g, shopper), 0) for g in self.model.lacks(shopper, wish)}
        twice = [line for one in self.lines(wish) for line in split(one)]
        refused = []
        try:
            with transaction.atomic():
                hold(lines=twice, holder=self.holders[shopper], until=timezone.now() + timedelta(minutes=15))
        except SoldOut as refusal:
            refused = refusal.lines
        assert {short.stockrecord_id: short.available for short in refused} == room
        if not refused:
            self.model.open[shopper] = dict(wish)

    def release(self, shopper):
        ended = release(holder=self.holders[shopper], reason=Hold.Reason.CANCELLED)
        assert ended == len(self.model.open[shopper])
        self.model.open[shopper] = {}

    def order(self, shopper):
        """The basket becomes an order, which goes on under the shopper's name here."""
        self.orders += 1
        order = Holder("order", str(self.orders))
        assert reassign(holder=self.holders[shopper], to=order, until=None) == len(self.model.open[shopper])
        self.holders[shopper] = order

    def dispatch(self, shopper, wish):
        self.orders += 1
        for _ in range(2):  # said again, it has no effect
            dispatch(holder=self.holders[shopper], lines=self.lines(wish), document=f"parcel/{self.orders}")
        self.model.on_hand.subtract(self.model.part(shopper, wish))

    def give_back(self, shopper, wish):
        give_back(holder=self.holders[shopper], lines=self.lines(wish), reason=Hold.Reason.SHORT)
        self.model.part(shopper, wish)

    def till_sale(self, wish):
        self.orders += 1
        now = timezone.now()
        post(
            postings=[
                Posting(
                    line.stockrecord_id, Movement.Kind.SALE, -line.quantity, now, "till", f"s/{self.orders}", str(n)
                )
                for n, line in enumerate(self.lines(wish))
            ]
        )
        self.model.on_hand.subtract(wish)

    def count(self, wish):
        for good, quantity in wish.items():
            count(stockrecord=self.records[good], quantity=quantity)
        self.model.on_hand.update({g: q - self.model.on_hand[g] for g, q in wish.items()})

    def goods_in(self, wish):
        self.orders += 1
        receive(lines=self.lines(wish), source="dashboard", document=str(self.orders))
        self.model.on_hand.update(wish)

    def safety(self, safety):
        set_safety(partner_id=self.store.pk, safety=safety)
        self.model.safety = safety


def split(line):
    """One wish in two lines, where it can be cut: the same record twice."""
    half = line.quantity // 2
    return [Line(line.stockrecord_id, half), Line(line.stockrecord_id, line.quantity - half)] if half else [line]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(story=st.lists(steps, min_size=1, max_size=10))
def test_promises_are_what_a_small_model_says(db, story):
    with undone():
        shop = Shop()
        for step in story:
            shop.take(*step)
        assert violations() == []
