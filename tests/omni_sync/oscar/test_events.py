import pytest

from omni_sync.oscar.models import Order
from omni_sync.stock.models import Hold, Movement

pytestmark = pytest.mark.django_db


@pytest.fixture
def placed(place, product, stocked, order):
    tee = product()
    stocked(tee, place("Online", sells_online=True), 9)
    return order((tee, 5))


@pytest.fixture
def shipped(django_db_blocker):
    from oscar.core.loading import get_model

    make = get_model("order", "ShippingEventType").objects
    return lambda code="shipped": make.get_or_create(code=code, defaults={"name": code})[0]


def level(order):
    return order.lines.get().stockrecord.level


def test_a_shipping_event_moves_its_goods(placed, handler, shipped):
    line = placed.lines.get()
    handler.handle_shipping_event(placed, shipped(), [line], [2])
    assert (level(placed).on_hand, level(placed).held) == (7, 3)
    assert Movement.objects.get(kind="dispatched").reference == str(placed.number)
    assert Hold.objects.get(end_reason="shipped").quantity == 2


def test_another_event_moves_nothing(placed, handler, shipped):
    handler.handle_shipping_event(placed, shipped("packed"), [placed.lines.get()], [5])
    assert (level(placed).on_hand, level(placed).held) == (9, 5)


def test_the_codes_that_move_goods_are_a_setting(placed, handler, shipped, settings):
    settings.LINTAS_DISPATCH_EVENTS = ("Left the house",)
    handler.handle_shipping_event(placed, shipped("left the house"), [placed.lines.get()], [5])
    assert (level(placed).on_hand, level(placed).held) == (4, 0)


@pytest.mark.parametrize("first", ["consume", "create"])
def test_a_handler_that_consumes_moves_once(placed, shipped, handler, first):
    """An adopter's handler may consume before or after it writes the event."""
    base = type(handler).__mro__[2]

    def handle_shipping_event(self, order, event_type, lines, line_quantities, **kwargs):
        steps = [
            self.consume_stock_allocations,
            lambda *args: self.create_shipping_event(args[0], event_type, *args[1:]),
        ]
        for step in steps if first == "consume" else reversed(steps):
            step(order, lines, line_quantities)

    theirs = type("Theirs", (base,), {"handle_shipping_event": handle_shipping_event})
    from omni_sync.oscar.events import LedgerEvents
    from omni_sync.oscar.loader import lay

    line = placed.lines.get()
    lay(LedgerEvents, theirs)().handle_shipping_event(placed, shipped(), [line], [2])
    assert (level(placed).on_hand, level(placed).held) == (7, 3)
    assert line.num_allocated == 3


def test_consuming_twice_moves_no_more_than_is_held(placed, handler):
    handler.consume_stock_allocations(placed, [placed.lines.get()], [3])
    handler.consume_stock_allocations(placed)
    handler.consume_stock_allocations(placed)
    assert (level(placed).on_hand, level(placed).held) == (4, 0)


def test_what_is_held_can_be_asked(placed, handler):
    line = placed.lines.get()
    assert handler.are_stock_allocations_available([line], [5])
    assert not handler.are_stock_allocations_available([line], [6])
    handler.cancel_stock_allocations(placed, [line], [2])
    assert not handler.are_stock_allocations_available([line], [5])
    assert handler.are_stock_allocations_available([line], [3])


def test_a_part_can_be_cancelled(placed, handler):
    handler.cancel_stock_allocations(placed, placed.lines.all(), [2])
    assert (level(placed).on_hand, level(placed).held) == (9, 3)
    assert placed.lines.get().num_allocated == 3
    handler.cancel_stock_allocations(placed)
    assert level(placed).held == 0
    assert placed.lines.get().allocation_cancelled


def test_cancelling_an_order_after_a_part_was_shipped_gives_back_the_rest(placed, handler, shipped):
    """LESSONS 20: nothing is given back twice, nothing goes below zero."""
    handler.handle_shipping_event(placed, shipped(), placed.lines.all(), [2])
    Order.objects.get(pk=placed.pk).set_status("Cancelled")
    assert (level(placed).on_hand, level(placed).held) == (7, 0)
    assert sorted(Hold.objects.values_list("end_reason", "quantity")) == [("cancelled", 3), ("shipped", 2)]


def test_a_cancelled_line_lets_go(placed):
    placed.lines.get().set_status("Cancelled")
    assert level(placed).held == 0
