import pytest
from oscar.apps.order.exceptions import UnableToPlaceOrder

from omni_sync.oscar.models import Order, StockRecord
from omni_sync.oscar.refusals import BasketSoldOut, BasketTaken
from omni_sync.stock.count import count
from omni_sync.stock.models import Hold, Level

pytestmark = pytest.mark.django_db


@pytest.fixture
def online(place):
    return place("Online", sells_online=True)


def test_an_order_holds_its_tracked_lines(product, stocked, online, order):
    tee, voucher = product(), product("Voucher", tracked=False)
    record = stocked(tee, online, 5)
    stocked(voucher, online, None)
    placed = order((tee, 2), (voucher, 3))
    hold = Hold.objects.open().get()
    assert (hold.stockrecord, hold.quantity, hold.holder, hold.until) == (record, 2, str(placed.number), None)
    record.refresh_from_db()
    assert (record.num_in_stock, record.num_allocated) == (5, 2)


def test_an_order_that_cannot_be_held_leaves_no_trace(product, stocked, online, order, basket):
    tee, hat = product("Tee"), product("Hat")
    stocked(tee, online, 5)
    record = stocked(hat, online, 3)
    full = basket((tee, 2), (hat, 3))
    count(stockrecord=record, quantity=1)
    with pytest.raises(UnableToPlaceOrder) as refused:
        order(from_basket=full)
    assert isinstance(refused.value, BasketSoldOut)
    assert [(missing.title, missing.wanted, missing.available) for missing in refused.value.missing] == [("Hat", 3, 1)]
    assert str(refused.value).startswith("Of “Hat” only 1 is left.")
    assert not Order.objects.exists()
    assert not Hold.objects.exists()
    assert set(Level.objects.values_list("held", flat=True)) == {0}


def test_two_lines_of_one_record_are_summed(product, stocked, online, order, basket):
    """LESSONS 4: each line fits, both together don't."""
    tee = product()
    stocked(tee, online, 3)
    split = basket((tee, 2))
    first = split.lines.get()
    first.pk, first.line_reference = None, "engraved"
    first.save(force_insert=True)
    split.reset_offer_applications()
    with pytest.raises(BasketSoldOut):
        order(from_basket=split)


def test_a_basket_ordered_twice_is_told_so_not_that_it_is_sold_out(product, stocked, online, order, basket):
    tee = product()
    stocked(tee, online, 2)
    once = basket((tee, 2))
    order(from_basket=once)
    with pytest.raises(BasketTaken):
        order(from_basket=once)
    assert Order.objects.count() == 1
    assert Hold.objects.open().get().quantity == 2


def test_a_record_without_a_ledger_sells_nothing(product, stocked, online, order, basket):
    tee = product()
    record = stocked(tee, online, 2)
    full = basket((tee, 1))
    Level.objects.filter(stockrecord=record).delete()
    with pytest.raises(BasketSoldOut, match="sold out"):
        order(from_basket=full)


def test_an_empty_basket_is_refused_as_oscar_does(order, basket):
    with pytest.raises(ValueError, match="cannot be submitted"):
        order(from_basket=basket())


def test_oscars_columns_are_only_ever_shown(product, stocked, online, order):
    tee = product()
    record = stocked(tee, online, 5)
    order((tee, 2))
    StockRecord.objects.get(pk=record.pk).allocate(3)
    record.refresh_from_db()
    assert record.net_stock_level == 3
