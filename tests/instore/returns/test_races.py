"""Two tablets and a till take back the same goods at once: never more than was paid. With a control for each guard."""

from decimal import Decimal

import pytest
from django.db import transaction

from instore.returns import take_back as taking
from instore.returns.exceptions import AllBack, TooMany
from instore.returns.left import left_of
from instore.returns.models import Method
from instore.returns.take_back import take_back
from omni_sync.oscar.models import Order, StockRecord
from omni_sync.pos import apply as applying
from omni_sync.sales.models import Flag, Return, Sale
from omni_sync.stock.audit import audit
from omni_sync.stock.hold import Holder, Line, hold
from omni_sync.stock.models import Hold
from tests.factories import NOON, make_line, returned, sale, tell_all, voided
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


def till_first(world, order, monkeypatch, *, paid):
    """The till takes all three back by its ticket R-1; before it posts, the tablet does by the order. What each did."""
    pause = Pause(seconds=1)
    monkeypatch.setattr(applying, "post", pause.before(applying.post))
    told = returned(world.menteng.partner, "B-1", {"TEE": 3}, of="R-1", amount=paid,
                    refunds=[{"method": "cash", "amount": paid}])  # fmt: skip
    tablet = everything(order, world.duty, 1)

    def late():
        assert pause.reached.wait(20)
        return tablet()

    outcomes = at_once(lambda: tell_all(world.till, told), late)
    assert deadlocks(outcomes) == 0
    assert audit()["violations"] == []
    return outcomes


def test_tablet_that_comes_while_the_till_takes_it_back_finds_nothing_left(guarded, world, monkeypatch):
    order = sold(world)
    outcomes = till_first(world, order, monkeypatch, paid="439000")
    assert [type(one) for one in failures(outcomes)] == ([TooMany] if guarded else [])
    assert (given(order) <= PAID) is guarded


def ordered_and_handed_over(world):
    """Three tees of the web, which Menteng's till handed over and took the money for, by its ticket R-1."""
    record = StockRecord.objects.get(partner=world.menteng.partner, partner_sku="TEE")
    whole = Decimal(447000)
    order = Order.objects.create(
        number="100042", currency="IDR", total_incl_tax=whole, total_excl_tax=whole, status="Pending", date_placed=NOON
    )
    order.lines.create(
        partner=record.partner, partner_sku="TEE", stockrecord=record, product=record.product, title="Tee", quantity=3,
        line_price_incl_tax=whole, line_price_excl_tax=whole, line_price_before_discounts_incl_tax=whole,
        line_price_before_discounts_excl_tax=whole, num_allocated=0,
    )  # fmt: skip
    with transaction.atomic():
        hold(lines=[Line(record.pk, 3)], holder=Holder(Hold.ORDER, order.number), until=None)
    line = make_line(1, "TEE", 3, unit_price="149000", order=order.number, order_line="1")
    tell_all(world.till, sale(world.menteng.partner, "R-1", [line]))
    return order


def test_tablet_that_comes_while_the_till_takes_back_what_it_handed_over_finds_nothing_left(
    guarded, world, monkeypatch
):
    """The till says its ticket's number, and the tablet the order's."""
    order = ordered_and_handed_over(world)
    outcomes = till_first(world, order, monkeypatch, paid="447000")
    assert [type(one) for one in failures(outcomes)] == ([AllBack] if guarded else [])
    assert (given(order) <= Decimal(447000)) is guarded


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
