"""Stock that changed is told after commit, as the product it is of."""

from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from omni_sync.live import receivers
from omni_sync.stock.count import count
from omni_sync.stock.hold import Holder, Line, hold
from omni_sync.stock.models import Movement
from omni_sync.stock.signals import stock_changed
from tests.stress.goods import records

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def told(monkeypatch) -> list[set[str]]:
    said: list[set[str]] = []
    monkeypatch.setattr(receivers, "publish", said.append)
    monkeypatch.setattr(receivers, "_products", {})
    return said


def test_a_count_is_told_to_the_pages_of_its_product(heard):
    record, _ = records(5, of=2)
    while heard(0.5):  # what making them said
        pass
    count(stockrecord=record, quantity=3)
    assert heard() == {"topics": [f"stock-{record.product_id}"]}


def test_nothing_is_told_before_commit_and_nothing_of_what_never_was(told):
    record = records(5)[0]
    told.clear()
    with transaction.atomic():
        count(stockrecord=record, quantity=3)
        assert told == []
    assert told == [{f"stock-{record.product_id}"}]
    told.clear()
    with transaction.atomic():
        count(stockrecord=record, quantity=1)
        transaction.set_rollback(True)
    assert told == []


def test_a_process_that_knows_the_records_asks_nothing(told):
    made = records(5, of=3)
    ids = [record.pk for record in made]
    receivers._products.clear()
    told.clear()
    for expected in (1, 0):
        with CaptureQueriesContext(connection) as queries:
            receivers.follow_stock(Movement, ids)
        assert len(queries) == expected
    assert told == 2 * [{f"stock-{record.product_id}" for record in made}]


def test_a_promise_knows_its_products_and_asks_nothing(told):
    made = records(5, of=2)
    receivers._products.clear()
    for wish in ([Line(made[0].pk, 1)], [Line(record.pk, 2) for record in made]):  # the short way and the long one
        told.clear()
        with CaptureQueriesContext(connection) as queries, transaction.atomic():
            hold(lines=wish, holder=Holder("basket", uuid4().hex), until=None)
        assert told == [{f"stock-{made[i].product_id}" for i in range(len(wish))}]
        assert len([query for query in queries if not query["sql"].startswith(("BEGIN", "COMMIT"))]) == 1


def test_what_is_known_is_bounded(told, monkeypatch):
    monkeypatch.setattr(receivers, "MOST_KNOWN", 2)
    made = records(5, of=3)
    for record in made:
        receivers.follow_stock(Movement, [record.pk])
    assert len(receivers._products) <= 2
    assert told[-3:] == [{f"stock-{record.product_id}"} for record in made]


def test_where_nothing_is_published_nothing_is_looked_up(told, settings):
    settings.LINTAS_LIVE_URL, settings.REDIS_URL = None, None
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        receivers.follow_stock(Movement, [1])
    assert not [query for query in queries if "partner_stockrecord" in query["sql"]]
    assert told == []


def test_the_signal_is_connected():
    assert any(receiver() is receivers.follow_stock for (_, receiver, *_) in stock_changed.receivers)
