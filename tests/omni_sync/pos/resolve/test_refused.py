"""Answers that can't be given, and how the door finds its keys."""

from datetime import timedelta

import pytest
from django.db import connection

from omni_sync.oscar.models import Order
from omni_sync.pos import known, resolve
from omni_sync.pos.models import InboxEvent
from omni_sync.pos.resolve import WhyNot
from omni_sync.stock.hold import Holder, Line, hold
from omni_sync.stock.models import Hold
from tests.factories import (
    NOON,
    counted,
    goods_in,
    sale,
    tell,
    voided,
)
from tests.omni_sync.pos.resolve.conflicts import contradict, newest, refused

pytestmark = pytest.mark.django_db


def test_kinds_that_take_no_ones_place_are_refused(store, till, answer):
    contradict(till, voided(store, sale="R-1"), voided(store, sale="R-1", why="mistake"))
    assert refused(answer) == WhyNot.KIND


def test_another_kind_of_document_is_refused(store, till, answer):
    contradict(till, sale(store, "R-1", {"TEE": 1}, key="e"), goods_in(store, {"TEE": 1}, key="e"))
    assert refused(answer) == WhyNot.OTHER_KIND


def test_a_count_of_another_time_is_refused(store, till, answer):
    contradict(
        till,
        counted(store, {"TEE": 9}, document="C-1"),
        counted(store, {"TEE": 7}, document="C-1", at=NOON - timedelta(hours=1)),
    )
    assert refused(answer) == WhyNot.OTHER_COUNT


def test_a_conflict_with_nothing_left_in_its_way_is_refused(store, till, failed, answer, rani):
    tell(till, sale(store, "R-9", {"TEE": 4}))
    resolve.ignore(event=InboxEvent.objects.get(state="failed"), by=rani)
    assert refused(answer) == WhyNot.NOTHING_BEFORE
    assert answer(resolve.accept_as_new)
    assert newest().document == "sale/R-9"


def test_a_sale_that_handed_an_order_over_is_refused(store, record, till, answer):
    order = Order.objects.create(number="100042", total_incl_tax=1, total_excl_tax=1, currency="IDR")
    order.lines.create(
        partner=store, partner_sku="TEE", stockrecord=record, product=record.product, title="Tee", quantity=1,
        line_price_incl_tax=1, line_price_excl_tax=1, line_price_before_discounts_incl_tax=1,
        line_price_before_discounts_excl_tax=1, num_allocated=0,
    )  # fmt: skip
    hold(lines=[Line(record.pk, 1)], holder=Holder(Hold.ORDER, "100042"), until=None)
    line = {"line": "1", "sku": "TEE", "quantity": 1, "unit_price": "1000", "order": "100042", "order_line": "1"}
    contradict(till, sale(store, "R-1", [line]), sale(store, "R-1", {"TEE": 2}))
    assert refused(answer) == WhyNot.HANDED_OVER


def test_the_door_looks_its_keys_up_by_index():
    """A till that has told a million events is answered as quickly as a new one."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {known._KNOWN}", [1, ["a"], 1, ["a"], 1, [1], ["sale/R-1"]])
        plan = "\n".join(row for (row,) in cursor.fetchall())
    assert "Seq Scan on omni_sync_inboxevent" not in plan
