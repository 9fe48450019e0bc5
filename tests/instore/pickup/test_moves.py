"""Every transition from every state: what is allowed, and what holds and levels say afterwards."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from instore.pickup.cancel import cancel
from instore.pickup.exceptions import WrongState
from instore.pickup.expire import expire
from instore.pickup.hand_over import hand_over
from instore.pickup.models import OPEN, Pickup, State
from instore.pickup.moves import MOVES
from instore.pickup.pick import begin
from instore.pickup.put_back import put_back
from instore.pickup.ready import mark_ready
from instore.pickup.signals import pickup_cancelled, pickup_collected, pickup_expired, pickup_ready
from omni_sync.oscar.models import Order
from omni_sync.stock.models import Movement
from tests.factories import make_connection, sale, tell_all
from tests.instore.pickup.conftest import (
    ON_HAND,
    ORDERED,
    RINA,
    assert_books_are_right,
    bring,
    let_time_pass,
    levels,
    line_of,
    pick_all,
    reasons,
    state_of,
)  # fmt: skip

pytestmark = pytest.mark.django_db

VERBS = {
    "begin": begin, "mark_ready": mark_ready, "hand_over": hand_over, "cancel": cancel, "expire": expire,
    "put_back": put_back,
}  # fmt: skip
SIGNALS = [pickup_ready, pickup_collected, pickup_cancelled, pickup_expired]
PROMISED = {sku: (ON_HAND[sku], ORDERED[sku]) for sku in ON_HAND}
FREE = {sku: (ON_HAND[sku], 0) for sku in ON_HAND}
GONE = {sku: (ON_HAND[sku] - ORDERED[sku], 0) for sku in ON_HAND}
#: What the levels say in each state, and why the promises ended.
BOOKS = {
    State.PLACED: (PROMISED, set()),
    State.PICKING: (PROMISED, set()),
    State.READY: (PROMISED, set()),
    State.EXPIRED: (PROMISED, set()),
    State.COLLECTED: (GONE, {"collected"}),
    State.CANCELLED: (FREE, {"cancelled"}),
    State.PUT_BACK: (FREE, {"expired"}),
}


@pytest.fixture
def told():
    """What was signalled, by signal."""
    heard = []
    receivers = []
    for signal in SIGNALS:

        def hear(sender, pickup, step, signal=signal, **_):
            heard.append((signal, pickup.state, step.after))

        signal.connect(hear)
        receivers.append((signal, hear))
    yield heard
    for signal, hear in receivers:
        signal.disconnect(hear)


def test_every_verb_is_in_the_table():
    assert set(VERBS) | {"follow_till"} == set(MOVES)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("start", list(State))
def test_a_verb_leads_where_the_table_says_or_changes_nothing(verb, start, pickup, shop, told):
    bring(pickup, start)
    if verb == "mark_ready" and start == State.PICKING:
        pick_all(pickup)
    if verb == "expire" and start == State.READY:
        let_time_pass(pickup)
    told.clear()
    steps = pickup.steps.count()
    way = MOVES[verb]
    if start in way.starts:
        VERBS[verb](pickup_id=pickup.pk, by=RINA)
        end = way.to
        last = pickup.steps.latest("pk")
        assert (last.before, last.after, last.who, last.place) == (start, way.to, "Rina", "tablet 1")
        assert told == ([(way.sends, way.to, way.to)] if way.sends else [])
    else:
        with pytest.raises(WrongState) as refused:
            VERBS[verb](pickup_id=pickup.pk, by=RINA)
        end = start
        assert (refused.value.state, refused.value.wanted) == (start, way.to)
        assert told == []
    assert pickup.steps.count() == steps + (start in way.starts)
    found = Pickup.objects.get(pk=pickup.pk)
    assert found.state == end
    assert (found.ended_at is None) is (end in OPEN)
    assert (levels(shop), reasons()) == BOOKS[end]
    assert_books_are_right()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("start", list(State))
def test_a_till_that_hands_over_is_followed_wherever_the_goods_were(start, pickup, shop, told):
    bring(pickup, start)
    told.clear()
    lines = [
        {"line": str(n), "sku": sku.upper(), "quantity": ORDERED[sku], "unit_price": "149000",
         "order": str(pickup.order.number), "order_line": str(n)}
        for n, sku in enumerate(ORDERED, 1)
    ]  # fmt: skip
    tell_all(
        make_connection(shop.store.partner, name="till"),
        sale(shop.store.partner, "R-1", lines, at=timezone.now()),
    )
    if start in MOVES["follow_till"].starts:
        last = pickup.steps.latest("pk")
        assert (last.before, last.after, last.place, last.note) == (start, State.COLLECTED, "till", "R-1")
        assert told == [(pickup_collected, State.COLLECTED, State.COLLECTED)]
        assert (levels(shop), reasons()) == BOOKS[State.COLLECTED]
        assert Movement.objects.filter(kind="hand-over").count() == 2
    else:
        assert state_of(pickup) == start
        assert told == []
    assert_books_are_right()


@pytest.mark.django_db(transaction=True)
def test_half_of_the_goods_at_the_till_leaves_the_rest_to_the_tablet(pickup, shop):
    bring(pickup, State.READY)
    hat = {"line": "1", "sku": "HAT", "quantity": 1, "unit_price": "149000", "order": str(pickup.order.number),
           "order_line": "2"}  # fmt: skip
    tell_all(make_connection(shop.store.partner), sale(shop.store.partner, "R-1", [hat], at=timezone.now()))
    assert state_of(pickup) == State.READY
    hand_over(pickup_id=pickup.pk, by=RINA)
    assert levels(shop) == GONE
    assert sorted(Movement.objects.filter(kind="hand-over").values_list("quantity", flat=True)) == [-2, -1]
    assert_books_are_right()


def test_a_hand_over_is_a_sale_of_the_store(pickup, shop):
    bring(pickup, State.COLLECTED)
    order = Order.objects.get(pk=pickup.pk)
    assert (order.status, order.sale.channel, order.sale.store) == ("Complete", "tablet", shop.store.partner)
    assert (order.sale.associate, order.sale.total) == ("Rina", order.total_incl_tax)


@pytest.mark.parametrize("end", [State.CANCELLED, State.PUT_BACK])
def test_what_nobody_gets_is_a_cancelled_order(end, pickup):
    bring(pickup, end)
    assert Order.objects.get(pk=pickup.pk).status == "Cancelled"
    assert set(pickup.order.lines.values_list("num_allocated", flat=True)) == {0}


@pytest.mark.parametrize("start", list(State))
def test_an_order_cancelled_in_oscar_is_collected_by_nobody(start, pickup, shop, told):
    bring(pickup, start)
    told.clear()
    order = Order.objects.get(pk=pickup.pk)
    order.status = "Pending"
    order.set_status("Cancelled")
    if start in MOVES["cancel"].starts:
        assert told == [(pickup_cancelled, State.CANCELLED, State.CANCELLED)]
        assert (levels(shop), reasons()) == BOOKS[State.CANCELLED]
    else:
        assert state_of(pickup) == start
        assert told == []
    assert_books_are_right()


def test_nobody_is_late_before_their_time_is_over(pickup):
    bring(pickup, State.READY)
    with pytest.raises(WrongState):
        expire(pickup_id=pickup.pk)
    assert state_of(pickup) == State.READY


@pytest.mark.parametrize(
    "wrong",
    [{"state": "lost"}, {"state": "cancelled"}, {"state": "ready"}, {"state": "expired"}],
)
def test_the_database_refuses_what_makes_no_sense(pickup, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Pickup.objects.filter(pk=pickup.pk).update(**wrong)


@pytest.mark.parametrize("wrong", [{"quantity": 0}, {"picked": 3}, {"picked": 2, "short_reason": "damaged"}])
def test_the_database_refuses_lines_that_make_no_sense(pickup, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        pickup.lines.filter(pk=line_of(pickup, "tee").pk).update(**wrong)
