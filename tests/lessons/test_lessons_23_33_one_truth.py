"""Stock drift between channels and locations: LESSONS 23 to 33."""

from datetime import timedelta

from django.utils import timezone

from omni_sync.oscar.models import StockRecord
from omni_sync.pos import apply as applying
from omni_sync.pos.drain import drain
from omni_sync.pos.models import InboxEvent, OutboxEvent
from omni_sync.stock.count import count
from omni_sync.stock.models import Level
from tests.factories import (
    books,
    level_of,
    make_connection,
    make_record,
    make_store,
    on_hand,
    sale,
    states,
    tell,
    tell_all,
    violations,
)
from tests.instore import places


def now_sold(store, number, quantity=1, **more):
    return sale(store, number, {"TEE": quantity}, at=timezone.now(), **more)


def shown(client, **asked):
    told = client.get("/api/v1/availability", {"sku": "TEE", **asked}).json()
    return told["online"]["available"], {place["store"]: place["available"] for place in told["stores"]}


def test_lesson_23_stock_moves_with_the_sale_not_with_the_end_of_the_shift(record, store, till):
    tell_all(till, now_sold(store, "R-1"))
    assert on_hand(store) == 4


def test_lesson_24_the_figure_on_the_page_is_the_one_in_the_books(record, store, till, client):
    places.make_store("menteng")
    for sold in range(1, 4):
        tell_all(till, now_sold(store, f"R-{sold}"))
        assert shown(client)[1] == {"menteng": 5 - sold}


def test_lesson_25_no_sale_is_skipped_without_an_error(record, store, till, monkeypatch):
    translate = applying.translate

    def sometimes(event, row, batch):
        if event.data.sale == "R-2":
            raise RuntimeError("a bug")
        return translate(event, row, batch)

    monkeypatch.setattr(applying, "translate", sometimes)
    events = [now_sold(store, f"R-{n}") for n in range(4)]
    assert tell(till, *events).accepted == 4
    drain()
    assert states(*events) == ["applied", "applied", "failed", "applied"]
    assert "a bug" in InboxEvent.objects.get(state="failed").error


def test_lesson_26_a_promise_is_made_where_the_goods_are(record, wants):
    kemang = make_record(make_store("kemang"), product=record.product, on_hand=1)
    assert wants("1", (kemang, 2)) is False  # six in all, but one here
    assert wants("1", (kemang, 1)) is True
    assert (level_of(record).held, level_of(kemang).held) == (0, 1)


def test_lesson_27_stock_is_not_multiplied_by_channels(record, store, till, client):
    places.make_store("menteng")
    second = make_connection(store, name="second")
    tell_all(till, now_sold(store, "R-1"))
    tell_all(second, now_sold(store, "R-1"))
    assert (shown(client), books(store)) == ((0, {"menteng": 3}), {("menteng", "TEE"): 3})


def test_lesson_28_a_place_that_has_none_says_so_whatever_others_have(record, client, wants):
    for code in ("menteng", "kemang"):
        places.make_store(code)
    places.put(record.product, StockRecord.objects.get(pk=record.pk).partner.__class__.objects.get(code="kemang"), 0)
    wants("1", (record, 2))
    assert shown(client)[1] == {"menteng": 3, "kemang": 0}


def test_lesson_29_one_place_below_nothing_hides_nothing_in_another(record, store, till, client):
    places.make_store("menteng")
    places.put(record.product, places.make_warehouse(), 3)
    tell_all(till, now_sold(store, "R-1", 9))
    assert (on_hand(store), shown(client)) == (-4, (3, {"menteng": 0}))


def test_lesson_30_a_counter_that_left_its_promises_is_found(record, wants):
    wants("1", (record, 2))
    Level.objects.update(held=3)
    assert "R4 holds" in {row["rule"] for row in violations()}


def test_lesson_31_a_count_puts_right_whatever_the_books_were(record, store, till):
    tell_all(till, now_sold(store, "R-1", 50))
    count(stockrecord=record, quantity=7)
    tell_all(till, sale(store, "late", {"TEE": 1}, at=timezone.now() - timedelta(days=1)))
    assert (on_hand(store), violations()) == (7, [])


def test_lesson_32_there_is_no_second_inventory(record, store, till):
    tell_all(till, now_sold(store, "R-1", 2))
    record.refresh_from_db()
    assert (record.num_in_stock, record.net_stock_level, level_of(record).on_hand) == (3, 3, 3)


def test_lesson_33_every_change_is_told_whoever_made_it(record, store, till, wants):
    def told(change):
        before = OutboxEvent.objects.filter(type="stock.changed").count()
        change()
        return OutboxEvent.objects.filter(type="stock.changed").count() - before

    assert told(lambda: tell_all(till, now_sold(store, "R-1"))) == 1
    assert told(lambda: wants("1", (record, 1))) == 1
    assert told(lambda: count(stockrecord=record, quantity=9)) == 1
