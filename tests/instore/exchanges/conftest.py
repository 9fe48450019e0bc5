"""A tee in M was bought at Menteng; at Dago, where Sari has a tablet, there are other sizes of it, and a hat."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db.models import Sum

from instore.exchanges.exchange import exchange
from instore.exchanges.prices import Out
from instore.returns.models import Method
from instore.tablet.owed import Method as Pay
from omni_sync.catalogue.identify import describe
from omni_sync.oscar.models import Order, PaymentSource, StockRecord
from omni_sync.sales.models import Sale
from omni_sync.stock.models import Level
from tests.factories import NOON, make_connection, make_line, sale, tell_all
from tests.instore.places import make_product, make_store, put
from tests.instore.returns.conftest import back, duty_at

PRICE = "149000"


@pytest.fixture
def world(db, settings):
    settings.LINTAS_RETURN_DAYS = 36500  # tills of tests speak of a day long ago
    return make_world()


def make_world(currency="IDR", price=PRICE, hat="250000"):
    """Sizes of one style in both stores: two L and one XL at Dago, which has no M; and hats and socks."""
    menteng, dago = make_store("menteng"), make_store("dago")
    for store in (menteng, dago):
        store.partner.location.currency = currency
        store.partner.location.save()
    style = make_product("Kawan tee", structure="parent")
    sizes = {size: make_product(f"Kawan tee, {size}", parent=style) for size in ("M", "L", "XL")}
    for size, product in sizes.items():
        describe(product=product, size=size, size_system="SML")
    goods = {**sizes, "HAT": make_product("Pagi hat"), "SOCK": make_product("Sock")}
    for sku, product in goods.items():
        cost = {"HAT": hat, "SOCK": "1"}.get(sku, price)
        put_at(menteng, product, 9, sku, cost, currency)
        put_at(dago, product, {"M": 0, "L": 2, "XL": 1}.get(sku, 99), sku, cost, currency)
    till = make_connection(menteng.partner, dago.partner)
    return SimpleNamespace(
        menteng=menteng, dago=dago, till=till, duty=duty_at(dago), goods=goods, style=style, currency=currency
    )


def put_at(store, product, quantity, sku, price, currency):
    StockRecord.objects.create(
        product=product, partner=store.partner, partner_sku=sku, price=Decimal(price), price_currency=currency
    )
    put(product, store.partner, quantity)


def sold(world, number="R-1", lines=None, *, method="cash", at=NOON, total=None, payments=None, **more):
    """The order of a sale at Menteng's till; one M, if nothing else is said."""
    lines = lines or [make_line(1, "M", 1, unit_price=PRICE, title="Kawan tee, M")]
    total = total or str(sum(Decimal(one.get("amount") or one["unit_price"]) for one in lines))
    paid = payments or ([{"method": method, "amount": total}] if Decimal(total) else [])
    event = sale(
        world.menteng.partner, number, lines, payments=paid, at=at, total=total, currency=world.currency, **more
    )
    tell_all(world.till, event)
    return Order.objects.get(sale__number=number)


def key(number=1):
    return f"key-of-an-exchange-{number:04}"


def swap(
    world, order, out, *quantities, number=1, method=Method.ORIGINAL, pay=Pay.CASH, duty=None, shown=None,
    is_gift=False, **more,
):  # fmt: skip
    """So many of each line of ``order`` (the first one, if nothing is said) for ``out``: ``{"L": 1}``."""
    lines = back(order, *(quantities or (1,)), **more)
    return exchange(
        order=Order.objects.get(pk=order.pk), lines=lines,
        out=[Out(world.goods[sku].pk, quantity) for sku, quantity in out.items()],
        method=method, pay=pay, duty=duty or world.duty, key=key(number), shown=shown, is_gift=is_gift,
    )  # fmt: skip


def on_hand(store, sku):
    return Level.objects.get(stockrecord__partner=store.partner, stockrecord__partner_sku=sku).on_hand


def money_of(*orders):
    """What came in for these orders less what went back, by the way it did; goods are no money."""
    rows = PaymentSource.objects.filter(order__in=orders).exclude(source_type__code="exchange")
    sums = rows.values_list("source_type__code").annotate(Sum("amount_debited"), Sum("amount_refunded"))
    return {code: came - back for code, came, back in sums if came - back}


def methods(row):
    return {one["method"]: Decimal(one["amount"]) for one in row.refunds}


def sales():
    return Sale.objects.filter(source="tablet")
