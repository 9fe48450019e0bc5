"""Two tablets and a till take back the same goods at once: never more than was paid. With a control for each guard."""

from decimal import Decimal

import pytest

from instore.returns import take_back as taking
from instore.returns.exceptions import AllBack, TooMany
from instore.returns.left import left_of
from instore.returns.models import Method
from instore.returns.take_back import take_back
from omni_sync.oscar.models import Order
from omni_sync.sales.models import Flag, Return, Sale
from omni_sync.stock.audit import audit
from tests.factories import returned, tell_all, voided
from tests.instore.returns.conftest import back, duty_at, given, key, make_world, on_hand, sold
from tests.stress.crowd import Meeting, Pause, at_once, deadlocks, failures

pytestmark = pytest.mark.django_db(transaction=True)
PAID = Decimal(479900)


@pytest.fixture
def world(settings):
    settings.LINTAS_RETURN_DAYS = 36500
    return make_world()


@pytest.fixture(params=[True, False], ids=["guarded", "control"])
def guarded(request, monkeypatch):
    """Whether anybody waits for whoever else speaks of the order."""
    if not request.param:
        monkeypatch.setattr(taking, "take_turn", lambda **_: None)
    return request.param


def everything(order, duty, number):
    """All of it, back over the counter."""
    lines = back(order, 3, 1)
    mine = Order.objects.get(pk=order.pk)
    return lambda: take_back(order=mine, lines=lines, method=Method.ORIGINAL, duty=duty, key=key(number))


def test_two_tablets_give_it_back_once(guarded, world, monkeypatch):
    """They stand in two stores, so that they wait for no level of the other's."""
    order = sold(world)
    duties = world.duty, duty_at(world.menteng, "Rina")
    monkeypatch.setattr(taking, "assert_may_come_back", Meeting(2).before(taking.assert_may_come_back))
    outcomes = at_once(*(everything(order, duty, n) for n, duty in enumerate(duties)))
    refused = failures(outcomes)
    assert [type(one) for one in refused] == ([AllBack] if guarded else [])
    assert given(order) == (PAID if guarded else 2 * PAID)
    assert audit()["violations"] == []


def test_one_tap_that_is_sent_twice_at_once_is_one_return(world):
    order = sold(world)
    one, other = at_once(*[everything(order, world.duty, 1)] * 2)
    assert one == other
    assert (Return.objects.count(), on_hand(world.dago), given(order)) == (1, 3, PAID)


def test_tablet_that_comes_while_the_till_takes_it_back_finds_nothing_left(guarded, world, monkeypatch):
    from omni_sync.pos import apply as applying

    order = sold(world)
    pause = Pause(seconds=1)
    monkeypatch.setattr(applying, "post", pause.before(applying.post))
    told = returned(world.menteng.partner, "B-1", {"TEE": 3}, of="R-1", amount="439000",
                    refunds=[{"method": "cash", "amount": "439000"}])  # fmt: skip
    tablet = everything(order, world.duty, 1)

    def late():
        assert pause.reached.wait(20)
        return tablet()

    outcomes = at_once(lambda: tell_all(world.till, told), late)
    assert deadlocks(outcomes) == 0
    assert [type(one) for one in failures(outcomes)] == ([TooMany] if guarded else [])
    assert (given(order) <= PAID) is guarded
    assert audit()["violations"] == []


def test_till_that_comes_while_a_tablet_takes_it_back_is_flagged(guarded, world, monkeypatch):
    order = sold(world)
    pause = Pause(seconds=1)
    monkeypatch.setattr(taking, "post", pause.before(taking.post))
    told = returned(world.menteng.partner, "B-1", {"TEE": 3}, of="R-1", amount="439000",
                    refunds=[{"method": "cash", "amount": "439000"}])  # fmt: skip

    def till():
        assert pause.reached.wait(20)
        return tell_all(world.till, told)

    outcomes = at_once(everything(order, world.duty, 1), till)
    assert failures(outcomes) == []
    assert (Return.objects.get(number="B-1").flags == [Flag.OVER_RETURN]) is guarded
    assert left_of(order).pieces == 0
    assert audit()["violations"] == []


def test_till_that_voids_while_a_tablet_takes_it_back_puts_no_piece_back_twice(guarded, world, monkeypatch):
    """Nine tees at Menteng, three of which were sold: nine there are, wherever they are."""
    order = sold(world)
    pause = Pause(seconds=1)
    monkeypatch.setattr(taking, "post", pause.before(taking.post))

    def till():
        assert pause.reached.wait(20)
        return tell_all(world.till, voided(world.menteng.partner, sale="R-1"))

    outcomes = at_once(everything(order, world.duty, 1), till)
    assert failures(outcomes) == []
    assert (on_hand(world.menteng) + on_hand(world.dago) == 9) is guarded
    assert (Sale.objects.get().flags == [Flag.VOIDED_AFTER_RETURN]) is guarded
    assert audit()["violations"] == []


def test_many_tablets_take_what_there_is_and_no_more(world):
    """Each takes one tee back: three are there."""
    order = sold(world)
    duties = [world.duty, *(duty_at(store, f"Rina {n}", device=f"Tablet {n}") for n in range(2)
                            for store in (world.menteng, world.dago))]  # fmt: skip
    lines = back(order, 1)
    tasks = [
        lambda n=n, duty=duty: take_back(
            order=Order.objects.get(pk=order.pk), lines=lines, method=Method.ORIGINAL, duty=duty, key=key(n)
        )
        for n, duty in enumerate(duties)
    ]
    outcomes = at_once(*tasks)
    assert len(failures(outcomes)) == len(failures(outcomes)) - len(failures(outcomes, TooMany)) == 2
    assert left_of(Order.objects.get(pk=order.pk)).lines[0].left == 0
    assert audit()["violations"] == []
