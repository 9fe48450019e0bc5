"""64 buyers of 50 scarves get 50; without our loader they get more (LESSONS 1 to 10)."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, permutations
from threading import Barrier

import pytest
from django.core.management import call_command
from django.db import connection
from goods import place
from oscar.core.loading import default_class_loader, get_class, get_model

from omni_sync.oscar.refusals import BasketSoldOut
from omni_sync.stock.models import Hold

pytestmark = pytest.mark.django_db(transaction=True)
Order = get_model("order", "Order")
BUYERS, AT_ONCE = 64, 32


def buy_at_once(baskets, creator):
    """Every basket is ordered, 32 at a time; how it went for each."""
    start = Barrier(AT_ONCE)

    def run(own):
        start.wait()
        outcomes = []
        for basket in own:
            try:
                place(basket, creator)
                outcomes.append("ordered")
            except BasketSoldOut:
                outcomes.append("sold out")
        connection.close()
        return outcomes

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(chain.from_iterable(pool.map(run, [baskets[n::AT_ONCE] for n in range(AT_ONCE)])))


def test_fifty_scarves_go_to_fifty_of_sixty_four_buyers(busy_shop):
    baskets = [busy_shop.basket() for _ in range(BUYERS)]
    assert buy_at_once(baskets, get_class("order.utils", "OrderCreator")) == {"ordered": 50, "sold out": 14}
    assert Order.objects.count() == 50
    assert Hold.objects.open().filter(holder_kind="order").count() == 50
    assert busy_shop.online.net_stock_level == 0
    call_command("audit_stock")


def test_baskets_filled_in_any_order_never_deadlock(busy_shop):
    """LESSONS 10: every pair of products, in both orders, by 32 buyers at a time."""
    things = [busy_shop.scarf, *(busy_shop.sells(f"Hat {n}") for n in range(3))]
    pairs = list(permutations(things, 2))
    baskets = [busy_shop.basket(contents=pairs[n % len(pairs)]) for n in range(BUYERS)]
    assert buy_at_once(baskets, get_class("order.utils", "OrderCreator")) == {"ordered": 64}
    call_command("audit_stock")


def test_control_without_our_loader_everybody_gets_one(busy_shop):
    baskets = [busy_shop.basket() for _ in range(BUYERS)]
    (creator,) = default_class_loader("order.utils", ["OrderCreator"], "oscar.apps")
    assert buy_at_once(baskets, creator)["ordered"] > 50
