"""Posting, counting, adopting: the one way stock changes, and Oscar's columns that follow it (R1, R5)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from omni_sync.oscar.models import StockRecord
from omni_sync.stock.adopt import adopt
from omni_sync.stock.count import count, receive
from omni_sync.stock.hold import Holder, Line, hold
from omni_sync.stock.models import Level, Location, Movement
from omni_sync.stock.post import post
from omni_sync.stock.posting import Posting
from omni_sync.transactions import OutsideTransaction
from tests.factories import NOON, level_of, make_product, make_record, make_store, violations

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def store():
    return make_store("menteng")


@pytest.fixture
def record(store):
    return make_record(store)


def posting(record, quantity, *, at=NOON, kind="sale", document="d", line="1", **more):
    return Posting(record.pk, kind, quantity, at, "till", document, line, **more)


def test_a_posting_said_again_has_no_effect(record):
    assert post(postings=[posting(record, -2)]) == [record.pk]
    assert post(postings=[posting(record, -2)]) == []
    assert (level_of(record).on_hand, Movement.objects.count()) == (-2, 1)


def test_a_count_holds_what_was_before_it_and_at_its_instant(record):
    post(postings=[posting(record, -1, at=NOON - HOUR, document="a"), posting(record, -2, at=NOON, document="b")])
    post(postings=[posting(record, 10, kind="counted", document="c")])
    post(postings=[posting(record, -4, at=NOON + HOUR, document="d"), posting(record, -1, at=NOON, document="late")])
    assert (level_of(record).on_hand, level_of(record).counted_at) == (6, NOON)


def test_of_two_counts_at_one_instant_the_greater_id_wins_bytewise(record):
    for event, quantity in [("b", 2), ("a", 1), ("Z", 3)]:
        post(postings=[posting(record, quantity, kind="counted", document=event, event_id=event)])
    assert level_of(record).on_hand == 2
    post(postings=[posting(record, 9, kind="counted", document="é", event_id="é")])
    assert level_of(record).on_hand == 9


def test_a_late_count_of_the_past_changes_nothing_now(record):
    post(postings=[posting(record, 10, kind="counted", document="now")])
    post(postings=[posting(record, 3, kind="counted", document="old", at=NOON - HOUR)])
    assert (level_of(record).on_hand, violations()) == (10, [])


def test_oscars_columns_follow_and_never_go_below_zero(record):
    post(postings=[posting(record, -3)])
    record.refresh_from_db()
    assert (record.num_in_stock, record.num_allocated, level_of(record).on_hand) == (0, 0, -3)
    count(stockrecord=record, quantity=8)
    with transaction.atomic():
        hold(lines=[Line(record.pk, 3)], holder=Holder("basket", "1"), until=None)
    record.refresh_from_db()
    assert (record.num_in_stock, record.num_allocated, record.net_stock_level) == (8, 3, 5)


def test_a_save_of_the_record_does_not_write_stock(record):
    count(stockrecord=record, quantity=8)
    record.num_in_stock, record.num_allocated, record.price = 99, 5, 7
    record.save()
    assert (record.num_in_stock, record.num_allocated) == (8, 0)
    assert (level_of(record).on_hand, violations()) == (8, [])


def test_a_new_record_opens_its_ledger_with_what_it_came_with(store):
    record = make_record(store, num_in_stock=12)
    movement = Movement.objects.get()
    assert (level_of(record).on_hand, movement.kind, movement.source) == (12, "counted", "oscar")
    assert violations() == []


def test_safety_stock_is_kept_out_of_what_is_promised(store):
    record = make_record(store, on_hand=5)
    Location.objects.get(partner=store)
    location = store.location
    location.safety = 3
    location.save()
    record.refresh_from_db()
    assert (level_of(record).available, record.net_stock_level) == (2, 2)
    assert level_of(make_record(store, sku="CAP")).safety == 3
    location.safety = 9
    location.save()
    assert (level_of(record).available, level_of(record).on_hand, violations()) == (0, 5, [])


def test_a_shop_that_ran_before_is_adopted_once(store):
    record = make_record(store)
    Level.objects.all().delete()
    Movement.objects.all().delete()
    StockRecord.objects.update(num_in_stock=7, num_allocated=None)
    Location.objects.all().delete()
    assert (adopt(), adopt()) == (1, 0)
    assert (level_of(record).on_hand, Location.objects.count(), violations()) == (7, 1, [])


def test_goods_taken_in_twice_under_one_document_come_once(record):
    for _ in range(2):
        receive(lines=[Line(record.pk, 3), Line(record.pk, 2)], source="dashboard", document="7")
    assert level_of(record).on_hand == 5


def test_the_ledger_takes_no_nothings_and_no_negative_counts(record):
    for kind, quantity in (("sale", 0), ("counted", -1)):
        with pytest.raises(IntegrityError), transaction.atomic():
            post(postings=[posting(record, quantity, kind=kind)])


@pytest.mark.django_db(transaction=True)
def test_use_cases_that_others_compose_refuse_to_run_alone():
    with pytest.raises(OutsideTransaction):
        post(postings=[])
    with pytest.raises(OutsideTransaction):
        hold(lines=[], holder=Holder("basket", "1"), until=None)


def test_a_hold_of_nothing_or_less_is_a_mistake(record):
    for quantity in (0, -1):
        with pytest.raises(ValueError, match="cannot hold"):
            hold(lines=[Line(record.pk, quantity)], holder=Holder("basket", "1"), until=None)


def test_posting_costs_the_same_statements_for_one_record_and_for_fifty(store):
    records = [make_record(store, product=make_product(), sku=f"S{n}") for n in range(51)]

    def statements(few, document):
        with CaptureQueriesContext(connection) as caught:
            post(postings=[posting(r, -1, document=document, line=str(r.pk), at=timezone.now()) for r in few])
        return len(caught)

    assert statements(records[1:], "many") <= statements(records[:1], "one")
