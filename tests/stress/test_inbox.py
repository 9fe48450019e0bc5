"""R6 among many: what is said twice at the same time is applied once, whoever is first, and no till meets an error."""

import random

import pytest
from django.db import connection

from omni_sync.people import identify
from omni_sync.people.models import Identifier, Person
from omni_sync.pos import apply as applying
from omni_sync.pos import drain as draining
from omni_sync.pos import receive as receiving
from omni_sync.pos.drain import drain, drain_one, is_idle
from omni_sync.pos.models import InboxEvent
from omni_sync.sales.models import Return, Sale
from omni_sync.stock.models import Movement
from tests.stress.crowd import Meeting, at_once, deadlocks, failures
from tests.stress.goods import (
    NOON,
    assert_books_are_right,
    deliver,
    level,
    records,
    returned,
    sale,
    states,
    till,
    voided,
)

pytestmark = pytest.mark.django_db(transaction=True)
State = InboxEvent.State


def drain_all():
    while not is_idle():
        drain()


def sales(count, first=0):
    return [sale(f"R-{n}", ("SKU-0", 1), minutes=n) for n in range(first, first + count)]


@pytest.fixture
def slow_inbox():
    """Every row takes its time, so that two deliveries write at the same time for certain."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION take_time() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN PERFORM pg_sleep(0.005); RETURN NEW; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER slow BEFORE INSERT ON omni_sync_inboxevent FOR EACH ROW EXECUTE FUNCTION take_time()"
        )
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION take_time CASCADE")


def deliver_twice(monkeypatch, speaker, events):
    """Two deliveries that both found nothing known before either wrote."""
    monkeypatch.setattr(receiving, "_insert", Meeting(2).before(receiving._insert))
    return at_once(lambda: deliver(speaker, *events), lambda: deliver(speaker, *reversed(events)))


def test_two_deliveries_of_the_same_events_at_once_are_one(monkeypatch, slow_inbox):
    (record,) = records(1000, when=NOON)
    speaker, events = till("kasir", "menteng"), sales(100)
    outcomes = deliver_twice(monkeypatch, speaker, events)
    assert failures(outcomes) == []
    assert sorted((answer.accepted, answer.duplicates) for answer in outcomes) == [(0, 100), (100, 0)]
    arrived = list(InboxEvent.objects.order_by("pk").values_list("index", flat=True))
    assert arrived == sorted(arrived)
    drain_all()
    assert (Sale.objects.count(), level(record).on_hand) == (100, 1001 - 100)  # the one at noon is in the count
    assert_books_are_right()


def test_control_without_unique_keys_everything_is_there_twice(monkeypatch):
    records(1000, when=NOON)
    speaker = till("kasir", "menteng")
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE indexname LIKE 'inbox%%once'")
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
    try:
        assert len(indexes) == 2
        outcomes = deliver_twice(monkeypatch, speaker, sales(100))
        assert [answer.accepted for answer in outcomes] == [100, 100]
    finally:
        InboxEvent.objects.all().delete()
        with connection.cursor() as cursor:
            for _, definition in indexes:
                cursor.execute(definition)


def test_control_written_in_order_of_arrival_they_deadlock(monkeypatch, slow_inbox):
    records(1000, when=NOON)
    monkeypatch.setattr(receiving, "_INSERT", receiving._INSERT.replace("ORDER BY e.event_id", "ORDER BY e.index"))
    assert deadlocks(deliver_twice(monkeypatch, till("kasir", "menteng"), sales(100))) == 1


def test_many_deliveries_that_overlap_in_any_order_are_taken(monkeypatch):
    (record,) = records(1000, when=NOON)
    speaker, events = till("kasir", "menteng"), sales(60, first=1)

    def send(seed):
        chance = random.Random(seed)
        for _ in range(6):
            deliver(speaker, *chance.sample(events, 40))

    assert failures(at_once(*(lambda seed=seed: send(seed) for seed in range(6)))) == []
    deliver(speaker, *events)
    drain_all()
    assert states() == {State.APPLIED}
    assert (InboxEvent.objects.count(), level(record).on_hand) == (60, 940)
    assert_books_are_right()


def fill_lanes(lanes):
    """Fifty sales in each lane, in one delivery."""
    for code in lanes:
        records(100, at=code, when=NOON)
    speaker = till("kasir", *lanes)
    for code in lanes:
        deliver(speaker, *(sale(f"R-{n}", ("SKU-0", 1), at=code, minutes=n) for n in range(1, 51)))
    return speaker


def test_drains_of_the_same_lanes_apply_each_event_once(monkeypatch):
    fill_lanes(["menteng", "kemang", "senayan"])
    monkeypatch.setattr(draining, "MOST_EVENTS", 10)
    outcomes = at_once(*[drain] * 4)
    assert failures(outcomes) == []
    drain_all()
    assert sum(outcomes) <= 150
    assert (states(), Sale.objects.count(), Movement.objects.filter(kind="sale").count()) == ({State.APPLIED}, 150, 150)
    assert_books_are_right()


def test_control_without_the_lock_a_lane_is_worked_off_twice(monkeypatch):
    fill_lanes(["menteng"])
    monkeypatch.setattr(draining, "_LANE", draining._LANE.replace("FOR UPDATE OF l SKIP LOCKED", ""))
    monkeypatch.setattr(draining, "MOST_EVENTS", 1)
    monkeypatch.setattr(draining, "apply", Meeting(2).before(draining.apply))
    settled = sum(at_once(drain_one, drain_one))
    applied = InboxEvent.objects.filter(state=State.APPLIED).count()
    assert (settled, applied) == (2, 1)  # applied by the one, and refused by the unique keys to the other


def test_a_drain_that_was_too_late_for_a_lane_looks_at_the_others(monkeypatch):
    fill_lanes(["menteng", "kemang"])
    meeting = Meeting(2)
    monkeypatch.setattr(draining, "_take_lane", meeting.before(draining._take_lane))
    assert failures(at_once(drain, drain)) == []
    assert is_idle()
    assert_books_are_right()


# Returns to another store, against what happens to their sale in its own lane.


def opposite_lanes(monkeypatch, first, second, *, guard=True):
    """Both lanes have written their documents before either posts; what each drain did."""
    speaker = till("kasir", "menteng", "kemang")
    for events in (first, second):
        deliver(speaker, *events)
    if not guard:
        monkeypatch.setattr(applying, "take_turns", lambda *_, **__: None)
    monkeypatch.setattr(applying, "post", Meeting(2).before(applying.post))
    outcomes = at_once(drain_one, drain_one)
    assert failures(outcomes) == []
    assert states() == {State.APPLIED}


@pytest.fixture
def sold():
    """R-1 was sold in Menteng."""
    for code in ("menteng", "kemang"):
        records(10, at=code, when=NOON)
    deliver(till("kasir", "menteng", "kemang"), sale("R-1", ("SKU-0", 2), minutes=1))
    drain_all()


def the_return(*, restock=True):
    return returned("X-1", ("SKU-0", 1), of="R-1", sold_at="menteng", at="kemang", minutes=2, restock=restock)


@pytest.mark.parametrize("restock", [True, False])
def test_a_void_and_a_return_of_that_sale_in_another_lane_know_of_each_other(monkeypatch, sold, restock):
    opposite_lanes(monkeypatch, [voided("R-1", minutes=3)], [the_return(restock=restock)])
    assert Return.objects.get().voided_at is not None
    assert_books_are_right()


def test_control_without_turns_the_return_of_a_voided_sale_stands(monkeypatch, sold):
    opposite_lanes(monkeypatch, [voided("R-1", minutes=3)], [the_return()], guard=False)
    assert Return.objects.get().voided_at is None


def test_a_sale_and_its_return_in_another_lane_find_each_other(monkeypatch):
    for code in ("menteng", "kemang"):
        records(10, at=code, when=NOON)
    opposite_lanes(monkeypatch, [sale("R-1", ("SKU-0", 2), minutes=1)], [the_return()])
    assert Return.objects.get().order == Sale.objects.get().order
    assert_books_are_right()


def test_control_without_turns_a_return_waits_for_its_sale_for_ever(monkeypatch):
    for code in ("menteng", "kemang"):
        records(10, at=code, when=NOON)
    opposite_lanes(monkeypatch, [sale("R-1", ("SKU-0", 2), minutes=1)], [the_return()], guard=False)
    assert Return.objects.get().order is None


# Strangers.


def meet_a_stranger(monkeypatch):
    """Two stores sell to the same new customer, and look for that person at the same time."""
    for code in ("menteng", "kemang"):
        records(10, at=code, when=NOON)
    speaker = till("kasir", "menteng", "kemang")
    for code in ("menteng", "kemang"):
        deliver(speaker, sale("R-1", ("SKU-0", 1), at=code, minutes=1, customer={"loyalty": "L-1", "email": "a@b.id"}))
    monkeypatch.setattr(identify, "_complete", Meeting(2).before(identify._complete))
    return at_once(drain_one, drain_one)


def test_two_lanes_that_meet_the_same_stranger_make_one_person(monkeypatch):
    assert failures(meet_a_stranger(monkeypatch)) == []
    assert (Person.objects.count(), Identifier.objects.count(), states()) == (1, 2, {State.APPLIED})
    assert len(set(Sale.objects.values_list("person", flat=True))) == 1
    assert_books_are_right()


def test_control_without_turns_the_stranger_spoils_a_sale(monkeypatch):
    monkeypatch.setattr(identify, "_take_turns", lambda *_: None)
    meet_a_stranger(monkeypatch)
    assert State.FAILED in states()
