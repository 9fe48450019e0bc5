"""The street wins: promises that can't be kept any more, goods lost on the way, promises that ran out (R3, R4)."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from omni_sync.oscar.models import ProductAlert, StockAlert
from omni_sync.stock import receivers
from omni_sync.stock.alerts import settle_alerts
from omni_sync.stock.count import count
from omni_sync.stock.hold import Holder, Line, hold, reassign, release
from omni_sync.stock.models import Hold, Shortfall
from omni_sync.stock.shortfall import endangered, look_for_lost_transfers
from omni_sync.stock.sweep import sweep_holds
from omni_sync.stock.tasks import look_after_alerts
from tests.factories import (
    arrived,
    level_of,
    make_connection,
    make_product,
    make_record,
    make_store,
    sale,
    sent,
    tell_all,
    violations,
    voided,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def store():
    return make_store("menteng")


@pytest.fixture
def record(store):
    return make_record(store, on_hand=6)


@pytest.fixture
def till(store):
    return make_connection(store)


def promise(record, key, quantity, *, kind="order", until=None):
    with transaction.atomic():
        hold(lines=[Line(record.pk, quantity)], holder=Holder(kind, key), until=until)


def sold(store, number, quantity):
    return sale(store, number, {"TEE": quantity}, at=timezone.now())


def test_a_till_sale_below_the_promises_opens_a_shortfall_that_names_the_newest_first(record, store, till):
    for key in ("first", "second", "third"):
        promise(record, key, 2)
    tell_all(till, sold(store, "R-1", 1))
    shortfall = Shortfall.objects.get()
    assert (shortfall.kind, shortfall.missing, level_of(record).on_hand) == ("promise", 1, 5)
    assert [h.holder for h in endangered(shortfall)] == ["third"]
    tell_all(till, sold(store, "R-2", 2))
    shortfall.refresh_from_db()
    assert (shortfall.missing, [h.holder for h in endangered(shortfall)]) == (3, ["third", "second"])
    assert violations() == []


def test_a_shortfall_is_never_larger_than_what_was_promised(record, store, till):
    promise(record, "first", 2)
    tell_all(till, sold(store, "R-1", 50))
    assert Shortfall.objects.get().missing == 2


@pytest.mark.parametrize("way_out", ["release", "count", "void"])
def test_a_shortfall_closes_when_the_promises_can_be_kept_again(record, store, till, way_out):
    promise(record, "first", 6)
    tell_all(till, sold(store, "R-1", 2))
    match way_out:
        case "release":
            release(holder=Holder("order", "first"), reason=Hold.Reason.SHORT)
        case "count":
            count(stockrecord=record, quantity=9)
        case "void":
            tell_all(till, voided(store, sale="R-1", at=timezone.now()))
    assert Shortfall.objects.get().closed_at is not None
    assert violations() == []


def test_a_shortfall_that_comes_again_is_another(record, store, till):
    promise(record, "first", 6)
    tell_all(till, sold(store, "R-1", 2))
    count(stockrecord=record, quantity=9)
    tell_all(till, sold(store, "R-2", 5))
    first, second = Shortfall.objects.order_by("pk")
    assert (first.closed_at is None, second.closed_at is None, second.missing) == (False, True, 2)


def test_selling_what_nobody_was_promised_is_no_shortfall(record, store, till):
    tell_all(till, sold(store, "R-1", 9))
    assert not Shortfall.objects.exists()


@pytest.fixture
def kemang():
    return make_store("kemang")


def test_goods_that_did_not_arrive_in_seven_days_are_a_shortfall_at_the_sender(record, store, kemang):
    both = make_connection(store, kemang)
    tell_all(both, sent(store, "T-1", {"TEE": 5}, at=timezone.now() - 8 * DAY, to="kemang"))
    tell_all(both, sent(store, "T-2", {"TEE": 1}, at=timezone.now() - 6 * DAY, to="kemang"))
    tell_all(both, arrived(kemang, "T-1", {"TEE": 3}, at=timezone.now() - 7 * DAY, **{"from": "menteng"}))
    assert look_for_lost_transfers() == 1
    lost = Shortfall.objects.get()
    assert (lost.kind, lost.reference, lost.missing, lost.stockrecord) == ("transit", "T-1", 2, record)
    tell_all(both, arrived(kemang, "T-1", {"TEE": 1}, at=timezone.now()))
    look_for_lost_transfers()
    assert Shortfall.objects.get().missing == 1
    tell_all(both, arrived(kemang, "T-1", {"TEE": 1}, at=timezone.now()))
    assert look_for_lost_transfers() == 0
    assert Shortfall.objects.get().closed_at is not None


def test_goods_that_arrived_and_were_never_sent_differ_too(store, kemang):
    record = make_record(kemang)
    tell_all(make_connection(store, kemang), arrived(kemang, "T-1", {"TEE": 3}, at=timezone.now() - 8 * DAY))
    look_for_lost_transfers()
    assert Shortfall.objects.values_list("missing", "stockrecord").get() == (-3, record.pk)


def test_only_the_overdue_promises_of_baskets_run_out_by_themselves(record):
    now = timezone.now()
    promise(record, "late", 1, kind="basket", until=now - timedelta(minutes=1))
    promise(record, "fresh", 1, kind="basket", until=now + timedelta(minutes=10))
    promise(record, "endless", 1, kind="basket")
    promise(record, "order", 1, until=now - DAY)
    promise(record, "pickup", 1, kind="pickup", until=now - DAY)
    assert (sweep_holds(), sweep_holds()) == (1, 0)
    ended = Hold.objects.exclude(ended_at=None).get()
    assert (ended.holder, ended.end_reason, level_of(record).held) == ("late", "expired", 4)


def test_a_promise_counts_until_it_is_ended_even_past_its_time(record):
    promise(record, "late", 4, kind="basket", until=timezone.now() - DAY)
    assert level_of(record).available == 2


def test_a_basket_that_became_an_order_is_not_swept(record):
    late = timezone.now() - timedelta(minutes=1)
    promise(record, "1", 2, kind="basket", until=late)
    reassign(holder=Holder("basket", "1"), to=Holder("order", "1"), until=None)
    assert (sweep_holds(), level_of(record).held) == (0, 2)


def test_a_promise_ends_once_for_one_reason(record):
    promise(record, "1", 2)
    holder = Holder("order", "1")
    assert release(holder=holder, reason=Hold.Reason.CANCELLED) == 1
    assert release(holder=holder, reason=Hold.Reason.SHIPPED) == 0
    assert (Hold.objects.get().end_reason, level_of(record).held) == ("cancelled", 0)


def test_oscars_low_stock_alert_opens_and_closes_with_the_level(record, store, till):
    record.low_stock_threshold = 3
    record.save()
    settle_alerts()
    assert not StockAlert.objects.exists()
    tell_all(till, sold(store, "R-1", 2))
    promise(record, "1", 2)
    settle_alerts([record.pk])
    settle_alerts()
    assert list(StockAlert.objects.values_list("status", "threshold")) == [("Open", 3)]
    count(stockrecord=record, quantity=20)
    look_after_alerts([record.pk])
    alert = StockAlert.objects.get()
    assert (alert.status, alert.date_closed is not None) == ("Closed", True)


def test_shoppers_who_wait_for_a_product_are_told_when_it_is_there(store, django_user_model):
    product = make_product("Rare")
    record = make_record(store, product=product, sku="RARE", on_hand=0)
    user = django_user_model.objects.create_user(email="a@example.com", password="not-12345")
    ProductAlert.objects.create(product=product, user=user, status=ProductAlert.ACTIVE)
    settle_alerts([record.pk])
    assert mail.outbox == []
    count(stockrecord=record, quantity=2)
    settle_alerts([record.pk])
    assert [message.to for message in mail.outbox] == [["a@example.com"]]
    settle_alerts()
    assert len(mail.outbox) == 1


def test_a_change_asks_for_alerts_only_where_somebody_is_to_be_alerted(
    record, monkeypatch, django_capture_on_commit_callbacks
):
    asked = []
    monkeypatch.setattr(receivers, "poke", lambda _, ids: asked.append(ids))
    for threshold, expected in ((None, []), (3, [[record.pk]])):
        record.low_stock_threshold = threshold
        record.save()
        with django_capture_on_commit_callbacks(execute=True):
            count(stockrecord=record, quantity=5)
        assert asked == expected
