"""What was paid on the web goes for other goods in a shop; when those come back, the card gets its money."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from instore.exchanges.exchange import exchange
from instore.exchanges.prices import Out
from instore.pickup.hand_over import hand_over
from instore.returns.left import left_of
from instore.returns.models import Method
from instore.tablet.owed import Method as Pay
from omni_sync.oscar.models import Order
from omni_sync.payments.models import Payment
from tests.instore.exchanges.conftest import methods
from tests.instore.pickup import conftest as pickups
from tests.instore.pickup import test_money as paying
from tests.instore.pickup.conftest import RINA, assert_books_are_right, levels, to_ready
from tests.instore.places import make_product, put
from tests.instore.returns.conftest import back, duty_at, take
from tests.omni_sync.payments import conftest as payments

basket, order, product, request_of, strategy, shop, collected, pickup = (
    pickups.basket, pickups.order, pickups.product, pickups.request_of, pickups.strategy, pickups.shop,
    pickups.collected, pickups.pickup,
)  # fmt: skip
bank, held, money = payments.bank, paying.held, paying.money
pytestmark = pytest.mark.django_db
ALL = Decimal(447000)


def test_card_gets_its_money_when_the_new_goods_come_back(held, pickup, shop, bank):
    to_ready(pickup)
    hand_over(pickup_id=pickup.pk, by=RINA)
    money()
    sock = put(make_product("Sock"), shop.store.partner, 5, sku="SOCK", price="100000").product
    web, here = Order.objects.get(), SimpleNamespace(duty=duty_at(shop.store))
    done = exchange(
        order=web, lines=back(web, 1), out=[Out(sock.pk, 1)], method=Method.ORIGINAL, pay=Pay.CASH, duty=here.duty,
        key="key-of-an-exchange-0001",
    )  # fmt: skip
    assert [(one["method"], one["amount"]) for one in done.back.refunds] == [
        ("exchange", "100000"),
        ("online", "49000"),
    ]
    assert money() == (ALL, Decimal(49000), "captured")
    row = take(here, done.sale.order, 1, number=2)
    assert methods(row) == {"online": 100000}
    assert money() == (ALL, Decimal(149000), "captured")
    rest = take(here, web, 1, 1, number=3)
    assert methods(rest) == {"online": 298000}
    assert money() == (ALL, ALL, "captured")
    assert [left_of(Order.objects.get(pk=pk)).money for pk in (web.pk, done.sale.order_id)] == [0, 0]
    assert Payment.objects.get().refund_asked == ALL
    assert levels(shop) == {"tee": (5, 0), "hat": (4, 0)}
    assert_books_are_right()
