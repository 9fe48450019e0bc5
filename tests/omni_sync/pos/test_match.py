"""Which product a line means, and lines whose product appears after them (CONTRACTS, look-up; R10)."""

from datetime import timedelta

import pytest

from omni_sync.catalogue.identify import set_gtins
from omni_sync.catalogue.models import Gtin
from omni_sync.oscar.models import OrderLine, StockRecord
from omni_sync.pos import receivers
from omni_sync.pos.heal import heal_unmatched
from omni_sync.pos.models import InboxEvent, UnmatchedLine
from omni_sync.sales.models import ReturnLine
from omni_sync.stock.models import Movement
from tests.factories import (
    GTINS,
    NOON,
    books,
    counted,
    goods_in,
    level_of,
    make_connection,
    make_line,
    make_product,
    make_record,
    make_store,
    on_hand,
    returned,
    sale,
    sent,
    tell_all,
    violations,
    voided,
)

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def store():
    return make_store("menteng")


@pytest.fixture
def till(store):
    return make_connection(store)


def sold(number, **line):
    return sale("menteng", number, [make_line(1, line.pop("sku", None), 1, unit_price="1000", **line)])


def test_the_sku_comes_first_and_a_gtin_helps_where_it_is_unknown_or_absent(till, store):
    tee = make_product(gtin=GTINS[0])
    record = make_record(store, product=tee)
    spoken = [{"sku": "TEE"}, {"gtin": GTINS[0]}, {"sku": "WHAT", "gtin": GTINS[0][1:]}, {"sku": "TEE", "gtin": "123"}]
    tell_all(till, *(sold(f"R-{n}", **line) for n, line in enumerate(spoken)))
    assert level_of(record).on_hand == -4
    assert not UnmatchedLine.objects.exists()


def test_a_sku_and_a_gtin_of_different_products_are_not_guessed_at(till, store):
    make_record(store)
    make_record(store, sku="CAP", product=make_product(gtin=GTINS[0]))
    tell_all(till, sold("R-1", sku="TEE", gtin=GTINS[0]))
    line = UnmatchedLine.objects.get()
    assert (line.reason, line.healed_at) == ("disagree", None)
    assert books(store) == {("menteng", "TEE"): 0, ("menteng", "CAP"): 0}
    assert OrderLine.objects.get().product is None


def test_a_line_that_disagreed_heals_when_the_numbers_are_put_right(till, store):
    tee, cap = make_product(), make_product(gtin=GTINS[0])
    make_record(store, product=tee)
    make_record(store, product=cap, sku="CAP")
    tell_all(till, sold("R-1", sku="TEE", gtin=GTINS[0]))
    set_gtins(product=cap, values=[])
    set_gtins(product=tee, values=[GTINS[0]])
    assert heal_unmatched() == 1
    assert (on_hand(store, "TEE"), on_hand(store, "CAP")) == (-1, 0)


def test_a_sku_that_appears_heals_its_lines_at_their_original_instant(till, store):
    tell_all(till, sale(store, "R-1", {"NEW": 2}, at=NOON - HOUR), counted(store, {"NEW": 7}, at=NOON))
    tell_all(till, sale(store, "R-2", {"NEW": 1}, at=NOON + HOUR))
    product = make_product("New")
    record = make_record(store, product=product, sku="NEW")
    assert heal_unmatched() == 3
    assert level_of(record).on_hand == 7 - 1
    assert set(Movement.objects.filter(kind="sale").values_list("occurred_at", "quantity")) == {
        (NOON - HOUR, -2), (NOON + HOUR, -1),
    }  # fmt: skip
    assert set(OrderLine.objects.values_list("product", "stockrecord")) == {(product.pk, record.pk)}
    assert (heal_unmatched(), violations()) == (0, [])


def test_a_gtin_that_appears_heals_its_lines(till, store):
    tell_all(till, sold("R-1", gtin=GTINS[1]))
    product = make_product(gtin=GTINS[0])
    record = make_record(store, product=product)
    assert heal_unmatched() == 0
    set_gtins(product=product, values=GTINS[:2])
    assert heal_unmatched() == 1
    assert level_of(record).on_hand == -1


def test_a_new_record_or_gtin_asks_for_healing_when_somebody_waits(
    till, store, monkeypatch, django_capture_on_commit_callbacks
):
    asked = []
    monkeypatch.setattr(receivers, "poke", lambda task: asked.append(task.name))
    tell_all(till, sold("R-1", gtin=GTINS[1]), sold("R-2", sku="NEW"))
    product = make_product()
    with django_capture_on_commit_callbacks(execute=True):
        make_record(store, product=product, sku="OTHER")
    assert asked == []
    with django_capture_on_commit_callbacks(execute=True):
        make_record(store, sku="NEW")
    assert len(asked) == 1
    with django_capture_on_commit_callbacks(execute=True):
        Gtin.objects.create(product=product, value=GTINS[1])
    assert asked == ["omni_sync.pos.tasks.heal_unmatched"] * 2


def test_a_return_of_an_unknown_product_heals_with_its_line_and_only_restocked_goods_move(till, store):
    tell_all(
        till, returned(store, "B-1", {"NEW": 1}), returned(store, "B-2", {"NEW": 1}, restock=False)
    )  # fmt: skip
    product = make_product()
    record = make_record(store, product=product, sku="NEW")
    assert heal_unmatched() == 2
    assert level_of(record).on_hand == 1
    assert set(ReturnLine.objects.values_list("product", flat=True)) == {product.pk}


def test_a_document_voided_before_its_product_appeared_heals_to_nothing(till, store):
    tell_all(till, sale(store, "R-1", {"NEW": 2}), voided(store, sale="R-1", at=NOON + HOUR))
    record = make_record(store, sku="NEW")
    heal_unmatched()
    assert (level_of(record).on_hand, Movement.objects.count(), violations()) == (0, 2, [])


def test_goods_in_and_transfers_heal_with_what_they_referred_to(till, store):
    tell_all(till, goods_in(store, {"NEW": 5}, reference="PO-7"), sent(store, "T-1", {"NEW": 2}))
    record = make_record(store, sku="NEW")
    heal_unmatched()
    assert level_of(record).on_hand == 3
    assert set(Movement.objects.values_list("kind", "reference")) == {("received", "PO-7"), ("transfer-out", "T-1")}


def test_a_record_the_store_lacks_is_made_with_the_online_records_price(till, store):
    warehouse, kemang = make_store("gudang", online=True), make_store("kemang")
    tee = make_product()
    make_record(kemang, product=tee, price="150000")
    make_record(warehouse, product=tee, price="149000", on_hand=10)
    tell_all(till, sale(store, "R-1", {"TEE": 1}))
    record = StockRecord.objects.get(partner=store)
    assert (record.partner_sku, record.price, record.price_currency, record.product) == ("TEE", 149000, "IDR", tee)
    assert (on_hand(store), on_hand(warehouse), violations()) == (-1, 10, [])


def test_a_record_made_by_what_moves_nothing_is_shown_in_oscars_columns_too(till, store):
    make_record(make_store("gudang"))
    tell_all(till, returned(store, "B-1", {"TEE": 1}, restock=False))
    record = StockRecord.objects.get(partner=store)
    assert (record.num_in_stock, record.num_allocated, violations()) == (0, 0, [])


def test_a_record_made_where_its_sku_is_taken_gets_one_of_its_own(till, store):
    make_record(make_store("gudang"), product=make_product(gtin=GTINS[0]), sku="TEE")
    mine = make_record(store, product=make_product("Other"), sku="TEE")
    tell_all(till, sold("R-1", gtin=GTINS[0]))
    assert InboxEvent.objects.get().state == "applied"
    assert level_of(mine).on_hand == 0
    made = StockRecord.objects.exclude(pk=mine.pk).get(partner=store)
    assert (made.partner_sku, level_of(made).on_hand) == (f"#{made.product_id}", -1)


def test_products_whose_stock_is_not_tracked_post_no_movement(till, store):
    record = make_record(store, product=make_product("Repair", track_stock=False), sku="REPAIR")
    tell_all(till, sale(store, "R-1", {"REPAIR": 1}), counted(store, {"REPAIR": 3}))
    assert (Movement.objects.count(), UnmatchedLine.objects.count()) == (0, 0)
    assert OrderLine.objects.get().stockrecord == record


def test_two_lines_of_one_record_both_count(till, store):
    make_record(store)
    tell_all(
        till, sale(store, "R-1", [("TEE", 2), ("TEE", 1)]), counted(store, [("TEE", 4), ("TEE", 1)], at=NOON + HOUR)
    )
    assert on_hand(store) == 5
    assert Movement.objects.filter(kind="sale").count() == 2
