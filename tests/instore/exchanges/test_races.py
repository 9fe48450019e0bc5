"""Tablets exchange the same piece, or for the last piece, at once: one wins. With a control for each guard."""

import pytest
from django.utils import timezone

from instore.exchanges import exchange as exchanging
from instore.exchanges.exceptions import NoneLeft
from instore.returns import take_back as taking
from instore.returns.exceptions import AllBack
from instore.returns.left import left_of
from instore.returns.models import Method
from instore.returns.take_back import take_back
from omni_sync.oscar.models import Order
from omni_sync.sales.models import Return
from omni_sync.stock.audit import audit
from tests.factories import sale as told
from tests.factories import tell_all
from tests.instore.exchanges.conftest import make_world, money_of, on_hand, sales, sold, swap
from tests.instore.returns.conftest import back, duty_at
from tests.instore.returns.conftest import key as return_key
from tests.stress.crowd import Meeting, Pause, at_once, deadlocks, failures

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(settings):
    settings.LINTAS_RETURN_DAYS = 36500
    return make_world()


@pytest.fixture(params=[True, False], ids=["guarded", "control"])
def is_guarded(request):
    return request.param


def test_two_tablets_exchange_the_same_piece_once(world, is_guarded, monkeypatch):
    """They stand in two stores, so that they wait for no level of the other's."""
    if not is_guarded:
        monkeypatch.setattr(taking, "take_turn", lambda **_: None)
    monkeypatch.setattr(taking, "assert_may_come_back", Meeting(2).before(taking.assert_may_come_back))
    order = sold(world)
    duties = world.duty, duty_at(world.menteng, "Rina")
    outcomes = at_once(*(lambda n=n, duty=duty: swap(world, order, {"L": 1}, number=n, duty=duty)
                         for n, duty in enumerate(duties)))  # fmt: skip
    assert [type(one) for one in failures(outcomes)] == ([AllBack] if is_guarded else [])
    assert sales().count() == (1 if is_guarded else 2)
    assert audit()["violations"] == []


def test_last_piece_goes_out_once(world, is_guarded, monkeypatch):
    """Two customers want the one XL; the control writes without asking for a promise."""
    if not is_guarded:
        monkeypatch.setattr(exchanging, "hold", lambda **_: None)
    orders = [sold(world, f"R-{n}") for n in (1, 2)]
    duties = world.duty, duty_at(world.dago, "Rina", device="Door")
    outcomes = at_once(*(lambda n=n, order=order, duty=duty: swap(world, order, {"XL": 1}, number=n, duty=duty)
                         for n, (order, duty) in enumerate(zip(orders, duties, strict=True))))  # fmt: skip
    assert deadlocks(outcomes) == 0
    assert [type(one) for one in failures(outcomes)] == ([NoneLeft] if is_guarded else [])
    assert on_hand(world.dago, "XL") == (0 if is_guarded else -1)
    assert Return.objects.count() == (1 if is_guarded else 2)
    assert audit()["violations"] == []


def test_one_tap_that_is_sent_twice_at_once_is_one_exchange(world):
    order = sold(world)
    one, other = at_once(*[lambda: swap(world, order, {"L": 1})] * 2)
    assert one == other
    assert (Return.objects.count(), sales().count(), on_hand(world.dago, "L")) == (1, 1, 1)


def test_crossed_sizes_wait_for_each_other_and_deadlock_never(world):
    """One brings M for L, the other L for M, again and again."""
    swap(world, sold(world, "R-0"), {"L": 1}, number=99)  # so that Dago has an M
    duties = [duty_at(world.dago, f"Rina {n}", device=f"Tablet {n}") for n in range(4)]
    bought = [sold(world, f"R-{n}", lines(size)) for n, size in enumerate("MLML", 1)]
    outcomes = at_once(*(
        lambda n=n, duty=duty, order=order: swap(world, order, {"LM"[n % 2]: 1}, number=n, duty=duty)
        for n, (duty, order) in enumerate(zip(duties, bought, strict=True))
    ))  # fmt: skip
    assert deadlocks(outcomes) == 0
    assert failures(outcomes, NoneLeft) == []
    assert audit()["violations"] == []


def lines(size):
    return [{"line": "1", "sku": size, "quantity": 1, "unit_price": "149000"}]


def test_exchange_and_return_of_one_piece_are_one_of_both(world):
    order = sold(world)
    rina = duty_at(world.menteng, "Rina")
    for_money = lambda: take_back(  # noqa: E731
        order=Order.objects.get(pk=order.pk), lines=back(order, 1), method=Method.ORIGINAL, duty=rina, key=return_key()
    )
    outcomes = at_once(lambda: swap(world, order, {"L": 1}), for_money)
    assert [type(one) for one in failures(outcomes)] == [AllBack]
    assert left_of(Order.objects.get(pk=order.pk)).money == 0
    assert audit()["violations"] == []


def test_new_goods_and_the_first_ones_money_go_back_once(world):
    """The hat came for the tee; the book of the first purchase and the hat come back at once, at two tablets."""
    first = [*lines("M"), {"line": "2", "sku": "SOCK", "quantity": 1, "unit_price": "50000"}]
    order = sold(world, lines=first)
    done = swap(world, order, {"HAT": 1}, 1)
    rina = duty_at(world.menteng, "Rina")

    def bring(which, duty, number, *quantities):
        return lambda: take_back(order=Order.objects.get(pk=which.pk), lines=back(which, *quantities),
                                 method=Method.ORIGINAL, duty=duty, key=return_key(number))  # fmt: skip

    outcomes = at_once(bring(order, world.duty, 1, 0, 1), bring(done.sale.order, rina, 2, 1))
    assert failures(outcomes) == []
    assert money_of(order, done.sale.order) == {}
    assert audit()["violations"] == []


def test_till_that_sells_the_last_piece_meanwhile_is_a_fact(world, monkeypatch):
    """R3: the tablet asks for a promise, the till tells what was. Nobody waits forever."""
    order = sold(world)
    pause = Pause(seconds=1)
    monkeypatch.setattr(exchanging, "issue", pause.before(exchanging.issue))
    event = told(world.dago.partner, "R-9", lines("XL"), at=timezone.now(),
                 payments=[{"method": "cash", "amount": "149000"}])  # fmt: skip

    def till():
        assert pause.reached.wait(20)
        return tell_all(world.till, event)

    outcomes = at_once(lambda: swap(world, order, {"XL": 1}), till)
    assert failures(outcomes) == []
    assert on_hand(world.dago, "XL") == -1
    assert audit()["violations"] == []
