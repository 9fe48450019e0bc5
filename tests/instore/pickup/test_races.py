"""Two hands on one pickup: one wins, the other is told. Each race has a control without its guard."""

import pytest
from django.db import IntegrityError
from django.utils import timezone

from instore.pickup import cancel as cancelling
from instore.pickup import hand_over as handing
from instore.pickup import moves, pick, receivers
from instore.pickup.cancel import cancel
from instore.pickup.exceptions import WrongState
from instore.pickup.hand_over import hand_over
from instore.pickup.models import Pickup, PickupLine, PickupStep, ShortReason, State
from instore.pickup.pick import begin, mark_short
from instore.pickup.place import Asked, place
from omni_sync.stock.models import Movement
from tests.factories import make_connection, sale, tell_all
from tests.instore.pickup.conftest import (
    RINA,
    assert_books_are_right,
    bring,
    levels,
    line_of,
    state_of,
    with_transaction,
)
from tests.stress.crowd import Meeting, Pause, at_once, deadlocks, failures

pytestmark = pytest.mark.django_db(transaction=True)


def unlocked(pickup_id, *, with_goods=False):
    """Reads the pickup and waits for nobody."""
    return Pickup.objects.select_related("order", "store__partner").get(pk=pickup_id)


@pytest.fixture(params=[True, False], ids=["guarded", "control"])
def guarded(request, monkeypatch):
    """Whether anybody waits for the pickup."""
    if not request.param:
        for module in (cancelling, handing, pick):
            monkeypatch.setattr(module, "take_turn", unlocked)
    return request.param


@pytest.fixture(params=[True, False], ids=["guarded", "control"])
def with_levels_first(request, monkeypatch):
    """Whether a hand-over waits for the levels before it takes the pickup, as a till does."""
    if not request.param:
        monkeypatch.setattr(handing, "take_turn", lambda pickup_id, **_: moves.take_turn(pickup_id))
    return request.param


def till_of(pickup, shop):
    """A till, and the sale by which it hands over all of the pickup."""
    till = make_connection(shop.store.partner)
    lines = [
        {"line": str(n), "sku": sku, "quantity": quantity, "unit_price": "149000", "order": str(pickup.order.number),
         "order_line": str(n)}
        for n, (sku, quantity) in enumerate([("TEE", 2), ("HAT", 1)], 1)
    ]  # fmt: skip
    return till, sale(shop.store.partner, "R-1", lines, at=timezone.now())


def test_two_associates_hand_over_once(pickup, shop):
    bring(pickup, State.READY)
    outcomes = at_once(*[lambda: hand_over(pickup_id=pickup.pk, by=RINA)] * 2)
    (refused,) = failures(outcomes)
    assert (type(refused), refused.state) == (WrongState, "collected")
    assert levels(shop) == {"tee": (3, 0), "hat": (3, 0)}
    assert Movement.objects.filter(kind="hand-over").count() == 2
    assert PickupStep.objects.filter(after="collected").count() == 1
    assert_books_are_right()


def test_the_one_update_decides_even_where_nobody_waits(pickup, monkeypatch):
    """Both read it while it was ready."""
    bring(pickup, State.READY)
    monkeypatch.setattr(handing, "take_turn", Meeting(2).before(unlocked))
    outcomes = at_once(*[lambda: hand_over(pickup_id=pickup.pk, by=RINA)] * 2)
    assert [type(failure) for failure in failures(outcomes)] == [WrongState]
    assert PickupStep.objects.filter(after="collected").count() == 1
    assert_books_are_right()


def test_two_associates_pick_the_same_order(pickup):
    outcomes = at_once(*[lambda: begin(pickup_id=pickup.pk, by=RINA)] * 3)
    assert [type(failure) for failure in failures(outcomes)] == [WrongState] * 2
    assert PickupStep.objects.filter(after="picking").count() == 1


def test_till_and_tablet_hand_over_at_once(pickup, shop):
    bring(pickup, State.READY)
    till, told = till_of(pickup, shop)
    outcomes = at_once(lambda: tell_all(till, told), lambda: hand_over(pickup_id=pickup.pk, by=RINA))
    lost = failures(outcomes, WrongState)
    assert lost == []
    assert state_of(pickup) == State.COLLECTED
    assert PickupStep.objects.filter(after="collected").count() == 1
    assert Movement.objects.filter(kind="hand-over").count() == 2
    assert_books_are_right()


def test_a_tablet_that_comes_while_the_till_has_the_goods_waits_for_it(with_levels_first, pickup, shop, monkeypatch):
    bring(pickup, State.READY)
    pause = Pause(seconds=0.3)  # less than PostgreSQL waits before it looks for a deadlock
    monkeypatch.setattr(receivers, "follow_till", pause.before(receivers.follow_till))
    till, told = till_of(pickup, shop)

    def tablet():
        assert pause.reached.wait(20)
        return hand_over(pickup_id=pickup.pk, by=RINA)

    outcomes = at_once(lambda: tell_all(till, told), tablet)
    (refused,) = failures(outcomes)
    assert isinstance(refused, WrongState) is with_levels_first
    assert deadlocks(outcomes) == (0 if with_levels_first else 1)
    assert state_of(pickup) == State.COLLECTED
    assert Movement.objects.filter(kind="hand-over").count() == 2
    assert_books_are_right()


def test_one_order_placed_as_a_pickup_twice_at_once_is_one(pickup, shop):
    Pickup.objects.all().delete()
    asked = {"order": pickup.order, "store": shop.store, "asked": Asked(), "by": RINA}
    outcomes = at_once(*[lambda: with_transaction(place, **asked)] * 3)
    assert failures(outcomes) == []
    assert len({bytes(made.token_hash) for made in outcomes}) == 1
    assert PickupStep.objects.filter(after="placed").count() == 1
    assert PickupLine.objects.count() == 2


def short_while_cancelled(pickup, pause, monkeypatch):
    """An associate finds one tee fewer while the shopper thinks better of it."""
    bring(pickup, State.PICKING)
    monkeypatch.setattr(pick, "_being_picked", pause.before(pick._being_picked))
    line = line_of(pickup, "tee").pk

    def call_off():
        assert pause.reached.wait(20)
        try:
            return cancel(pickup_id=pickup.pk, by=RINA)
        finally:
            pause.over.set()

    return at_once(
        lambda: mark_short(pickup_id=pickup.pk, line=line, found=1, reason=ShortReason.NOT_FOUND, by=RINA), call_off
    )


def test_marked_short_while_the_shopper_cancels(guarded, pickup, shop, monkeypatch):
    outcomes = short_while_cancelled(pickup, _Look(seconds=1), monkeypatch)
    assert failures(outcomes) == []
    assert state_of(pickup) == State.CANCELLED
    assert levels(shop) == {"tee": (5, 0), "hat": (4, 0)}
    afterwards = list(PickupStep.objects.filter(pickup=pickup).order_by("pk").values_list("after", flat=True))
    # Without the guard a line of a pickup that is over is marked short, and its money would be corrected twice.
    assert (afterwards[-1] == State.CANCELLED) is guarded
    assert_books_are_right()


class _Look(Pause):
    """Lets the first look before it stops: what it saw is then old."""

    def before(self, function):
        def call(*args, **kwargs):
            seen = function(*args, **kwargs)
            if not self.reached.is_set():
                self.reached.set()
                self.over.wait(self.seconds)
            return seen

        return call


def test_cancelled_while_handed_over(pickup, shop):
    bring(pickup, State.READY)
    outcomes = at_once(lambda: hand_over(pickup_id=pickup.pk, by=RINA), lambda: cancel(pickup_id=pickup.pk, by=RINA))
    assert [type(failure) for failure in failures(outcomes)] == [WrongState]
    gone = state_of(pickup) == State.COLLECTED
    assert levels(shop) == ({"tee": (3, 0), "hat": (3, 0)} if gone else {"tee": (5, 0), "hat": (4, 0)})
    assert_books_are_right()


def test_control_without_the_table_the_second_is_stopped_by_the_database_alone(pickup, monkeypatch):
    """The starts are what tells two hand-overs apart: with every start allowed nobody is told WrongState."""
    bring(pickup, State.READY)
    way = moves.MOVES["hand_over"]
    monkeypatch.setitem(moves.MOVES, "hand_over", moves.Move(frozenset(State), way.to, way.sends))
    outcomes = at_once(*[lambda: hand_over(pickup_id=pickup.pk, by=RINA)] * 2)
    assert [type(failure) for failure in failures(outcomes)] == [IntegrityError]
