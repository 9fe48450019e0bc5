"""Two tills of one store: two lanes over the same numbers, records and ways to pay."""

import pytest
from django.db import transaction

from omni_sync.pos import apply as applying
from omni_sync.pos import drain as draining
from omni_sync.pos.connections import places_of
from omni_sync.pos.drain import drain, drain_one
from omni_sync.pos.models import InboxEvent
from omni_sync.sales import orders as ordering
from omni_sync.sales import record as recording
from omni_sync.sales.models import Sale
from tests.stress.crowd import Meeting, at_once, deadlocks, failures
from tests.stress.goods import NOON, assert_books_are_right, deliver, level, records, sale, states, till

pytestmark = pytest.mark.django_db(transaction=True)
State = InboxEvent.State


def number_at_once(monkeypatch):
    """Both have looked which numbers are free before either writes; what became of the two events."""
    records(10, when=NOON)
    for name in ("kasir", "pasar"):
        deliver(till(name, "menteng"), sale("R-1", ("SKU-0", 1)))
    meeting, look = Meeting(2), ordering.order_numbers

    def look_and_meet(sales):
        numbers = look(sales)
        meeting.wait()
        return numbers

    monkeypatch.setattr(ordering, "order_numbers", look_and_meet)
    assert failures(at_once(drain_one, drain_one)) == []
    return states()


def test_two_tills_that_use_one_number_at_once_both_get_an_order(monkeypatch):
    assert number_at_once(monkeypatch) == {State.APPLIED}
    theirs = dict(Sale.objects.values_list("source", "order__number"))
    assert "menteng-R-1" in theirs.values()
    assert set(theirs.values()) - {"menteng-R-1"} <= {"menteng-R-1-kasir", "menteng-R-1-pasar"}
    assert len(set(theirs.values())) == 2
    assert_books_are_right()


def test_control_without_a_second_look_one_of_them_fails(monkeypatch):
    monkeypatch.setattr(ordering, "UniqueViolation", ZeroDivisionError)
    assert number_at_once(monkeypatch) == {State.APPLIED, State.FAILED}


@pytest.fixture
def cash():
    """Cash is known: nobody waits for somebody else to make it known."""
    recording.payment_type("cash")


def poisoned(number, *, minutes):
    """An event that passes the door and fails when it is applied."""
    return sale(f"BAD-{number}", ("SKU-0", 1), minutes=minutes)


def test_two_lanes_that_go_one_by_one_over_the_same_records_do_not_deadlock(monkeypatch, cash):
    goods = records(100, of=2, when=NOON)
    one, two = till("kasir", "menteng"), till("tablet", "menteng")
    deliver(one, sale("A-1", ("SKU-0", 1), minutes=1), sale("A-2", ("SKU-1", 1), minutes=2), poisoned("A", minutes=3))
    deliver(two, sale("B-1", ("SKU-1", 1), minutes=1), sale("B-2", ("SKU-0", 1), minutes=2), poisoned("B", minutes=3))
    apply, meeting = draining.apply, Meeting(2)

    def fails_on_poison(*, connection, place, rows):
        if any(row.document.startswith("sale/BAD") for row in rows):
            raise RuntimeError("poison")
        apply(connection=connection, place=place, rows=rows)
        if rows[0].document in ("sale/A-1", "sale/B-1"):
            meeting.wait()

    monkeypatch.setattr(draining, "apply", fails_on_poison)
    outcomes = at_once(drain, drain)
    assert (failures(outcomes), deadlocks(outcomes)) == ([], 0)
    assert InboxEvent.objects.filter(state=State.FAILED).count() == 2
    assert [level(record).on_hand for record in goods] == [98, 98]
    assert_books_are_right()


def test_control_events_of_a_batch_that_keep_their_locks_deadlock(cash):
    records(100, of=2, when=NOON)
    one, two = till("kasir", "menteng"), till("tablet", "menteng")
    deliver(one, sale("A-1", ("SKU-0", 1), minutes=1), sale("A-2", ("SKU-1", 1), minutes=2))
    deliver(two, sale("B-1", ("SKU-1", 1), minutes=1), sale("B-2", ("SKU-0", 1), minutes=2))
    meeting = Meeting(2)

    def one_after_another(speaker):
        place = places_of(speaker, ["menteng"])["menteng"]
        with transaction.atomic():
            for row in InboxEvent.objects.filter(connection=speaker).order_by("pk"):
                applying.apply(connection=speaker, place=place, rows=[row])
                meeting.wait()

    assert deadlocks(at_once(lambda: one_after_another(one), lambda: one_after_another(two))) == 1


def pay_in_two_ways(monkeypatch):
    """Two stores meet two new ways to pay, and each has made the first of them known when it looks for the second."""
    speakers = []
    for n, ways in enumerate([["cash", "voucher"], ["voucher", "cash"]]):
        code = f"store-{n}"
        records(10, at=code, when=NOON)
        speakers.append(till("kasir", code))
        paid = [{"method": way, "amount": "500"} for way in ways]
        told = sale("R-1", ("SKU-0", 1), at=code, minutes=1)
        deliver(speakers[-1], told | {"data": told["data"] | {"payments": paid}})
    payment_type, meeting = recording.payment_type, Meeting(2)

    def make_known(method):
        made = payment_type(method)
        meeting.wait()
        return made

    monkeypatch.setattr(recording, "payment_type", make_known)
    return at_once(drain_one, drain_one)


def test_first_payments_of_two_kinds_in_two_lanes_do_not_deadlock(monkeypatch):
    assert failures(pay_in_two_ways(monkeypatch)) == []
    assert states() == {State.APPLIED}
    assert_books_are_right()


def test_control_ways_to_pay_in_any_order_deadlock(monkeypatch):
    backwards = iter([False, True])
    monkeypatch.setattr(recording, "sorted", lambda items: sorted(items, reverse=next(backwards, False)), raising=False)
    assert deadlocks(pay_in_two_ways(monkeypatch)) == 1
