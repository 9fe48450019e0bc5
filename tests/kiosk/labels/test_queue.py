"""Which labels no longer tell the truth."""

from decimal import Decimal

import pytest
from django.db import connection, transaction

from instore.stores.shelves import ShelfPlace
from kiosk.labels.begin import begin
from kiosk.labels.confirm import confirm
from kiosk.labels.make import make_sheets
from kiosk.labels.models import PrintRun
from kiosk.labels.queries import of_category, of_numbers, of_queue, of_store, queue, queue_sizes
from kiosk.labels.says import Label
from omni_sync.catalogue.entries import rebuild_entries
from omni_sync.catalogue.identify import describe, set_gtins
from omni_sync.catalogue.models import Entry
from omni_sync.oscar.models import Category, Product, StockRecord
from omni_sync.stock.count import count
from settings.bench.goods import make_products, open_shops, stock
from tests.instore.places import make_product, make_store, put
from tests.kiosk.labels.conftest import new_gtin

pytestmark = pytest.mark.django_db


def hang(store, found=None):
    """Print what is found, and put it on the shelves."""
    with transaction.atomic():
        run = begin(store=store, found=found or of_queue(store.pk), paper="a4-3x7", language="en")
    assert make_sheets(run_id=run.pk)
    with transaction.atomic():
        assert confirm(run=run)
    return run


def whys(store):
    return {each.label.sku: each.why for each in queue(store.pk)[0]}


def test_goods_that_are_there_want_a_label_until_it_hangs(store, shelve):
    shelve("TEE-M")
    shelve("TEE-L", on=0)
    assert whys(store) == {"TEE-M": "new"}
    hang(store)
    assert whys(store) == {}
    count(stockrecord=StockRecord.objects.get(partner_sku="TEE-L"), quantity=1)
    assert whys(store) == {"TEE-L": "new"}


def test_a_label_says_what_the_shop_does(store, shelve):
    tee = shelve("TEE-M", title="Linen shirt", price="149000.00")
    (found,) = of_store(store.pk).labels
    assert found == Label(
        product=tee.pk, sku="TEE-M", title="Linen shirt", size="M", colour="black", price=Decimal(149000),
        currency="IDR", gtin=tee.gtins.get().value, place="A-1",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda _: StockRecord.objects.update(price=Decimal(129000)), "price"),
        (lambda _: StockRecord.objects.update(price_currency="EUR"), "price"),
        (lambda _: ShelfPlace.objects.update(place="B-2"), "place"),
        (lambda _: ShelfPlace.objects.all().delete(), "place"),
        (lambda tee: Product.objects.filter(pk=tee.parent_id).update(title="Better tee"), "words"),
        (lambda tee: describe(product=tee, size="L", colour="black"), "words"),
        (lambda tee: set_gtins(product=tee, values=[new_gtin()]), "words"),
        (lambda _: StockRecord.objects.update(partner_sku="TEE-X"), "words"),
        (lambda _: StockRecord.objects.update(price=Decimal("149000.00")), None),
        (lambda _: count(stockrecord=StockRecord.objects.get(), quantity=99), None),
    ],
)
def test_a_label_is_stale_when_the_shop_says_something_else(store, shelve, change, why):
    tee = shelve("TEE-M")
    hang(store)
    change(tee)
    assert [each.why for each in queue(store.pk)[0]] == ([why] if why else [])


def test_a_label_that_lies_is_stale_also_where_the_goods_are_sold_out(store, shelve):
    shelve("TEE-M")
    hang(store)
    count(stockrecord=StockRecord.objects.get(), quantity=0)
    StockRecord.objects.update(price=Decimal(129000))
    (stale,), _ = queue(store.pk)
    assert (stale.why, stale.old_price, stale.old_currency, stale.old_place) == ("price", Decimal(149000), "IDR", "A-1")
    Product.objects.update(is_public=False)
    assert whys(store) == {}  # not shown any more: nobody is nagged


def test_goods_without_a_price_are_left_out_and_named(store, shelve):
    shelve("TEE-M", price=None)
    shelve("TEE-L")
    assert (of_queue(store.pk).unpriced, whys(store)) == (["TEE-M"], {"TEE-L": "new"})
    assert queue_sizes([store.pk]) == {store.pk: {"new": 1, "unpriced": 1}}
    assert of_store(store.pk).unpriced == of_numbers(store.pk, ["TEE-M"]).unpriced == ["TEE-M"]
    assert hang(store).left_out == ["TEE-M"]


def test_each_store_has_a_queue_of_its_own(store, shelve):
    tee = shelve("TEE-M")
    dago = make_store("dago")
    put(tee, dago.partner, 2, sku="TEE-M", price="159000")
    hang(store)
    assert queue_sizes([store.pk, dago.pk]) == {store.pk: {}, dago.pk: {"new": 1}}
    assert [label.place for label in of_store(dago.pk).labels] == [""]


def test_labels_lie_as_the_shelves_go(store, shelve):
    for sku, place in [("D", ""), ("C", "B-1"), ("B", "A-10"), ("A", "A-2")]:
        shelve(sku, place=place)
    assert [label.sku for label in of_store(store.pk).labels] == ["A", "B", "C", "D"]
    hang(store)
    StockRecord.objects.filter(partner_sku="C").update(price=Decimal(1))
    shelve("E", place="A-1")
    assert [each.label.sku for each in queue(store.pk)[0]] == ["C", "E"]  # what lies about a price comes first


def test_sizes_of_a_style_lie_as_they_grow(store, shelve):
    for size in ("XL", "S", "M"):
        shelve(f"TEE-{size}", size=size)
    assert [label.size for label in of_store(store.pk).labels] == ["S", "M", "XL"]


def test_goods_are_found_by_sku_by_any_gtin_and_by_category(store, shelve):
    tee, cap = shelve("TEE-M"), shelve("CAP", title="Cap", size="", colour="")
    second = new_gtin()
    set_gtins(product=cap, values=[new_gtin(), second])
    numbers = ["TEE-M", "TEE-M", second[1:], "nobody", "9521234543219"]
    found = of_numbers(store.pk, numbers)
    assert sorted(label.sku for label in found.labels) == ["CAP", "TEE-M"]
    assert found.unknown == ["nobody", "9521234543219"]
    men = Category.add_root(name="Men")
    men.add_child(name="Caps").product_set.add(cap.parent)
    rebuild_entries()
    assert [label.sku for label in of_category(store.pk, men.pk).labels] == ["CAP"]
    Product.objects.filter(pk__in=[tee.pk, tee.parent_id]).update(is_public=False)
    assert [label.sku for label in of_store(store.pk).labels] == ["CAP"]
    assert [label.sku for label in of_numbers(store.pk, ["TEE-M"]).labels] == ["TEE-M"]  # who names it wants it


def test_a_size_that_has_a_title_of_its_own_and_nothing_else_is_called_by_it(store):
    style = make_product("Frame", structure="parent")
    for title, sku in [("Frame, oak, A4", "F-1"), ("", "F-2")]:
        put(make_product(title, parent=style), store.partner, 1, sku=sku)
    assert {label.sku: label.title for label in of_store(store.pk).labels} == {"F-1": "Frame, oak, A4", "F-2": "Frame"}
    Entry.objects.all().delete()
    assert len(of_store(store.pk).labels) == 2


@pytest.mark.parametrize("many", [1, 50, 5_000])
def test_the_queue_takes_as_many_questions_however_long_it_is(many, django_assert_num_queries):
    (shop,) = open_shops(1)
    stock([shop], make_products(many), 2)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with django_assert_num_queries(3):
        assert queue_sizes([shop]) == {shop: {"new": many}}
        assert len(queue(shop)[0]) == many
        assert len(of_store(shop).labels) == many


def test_a_run_takes_no_more_than_it_can_and_the_rest_stays(store, shelve, monkeypatch):
    monkeypatch.setattr("kiosk.labels.begin.MOST", 2)
    for number in range(3):
        shelve(f"TEE-{number}", place=f"A-{number}")
    run = hang(store)
    assert (run.how_many, run.more) == (2, 1)
    assert list(whys(store)) == ["TEE-2"]
    assert PrintRun.objects.count() == 1
