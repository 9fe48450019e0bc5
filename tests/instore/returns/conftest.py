"""A sale at Menteng's till, and Sari's tablet at Dago, where its goods come back."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from instore.returns.left import left_of
from instore.returns.models import Method
from instore.returns.take_back import Back, take_back
from instore.staff.guard import OnDuty
from instore.staff.models import Role
from omni_sync.oscar.models import Order, PaymentSource, StockRecord
from omni_sync.stock.models import Level
from tests.factories import NOON, make_connection, make_line, make_record, sale, tell_all
from tests.instore.places import make_store
from tests.instore.tablets import make_associate, make_device

LINES = [
    make_line(1, "TEE", 3, unit_price="149000", discount="8000", amount="439000", title="Tee, black, M"),
    make_line(2, "BOOK", 1, unit_price="50000", title="Book"),
]  # fmt: skip
SUMS = {"discount": "9000", "rounding": "-100", "total": "479900"}


@pytest.fixture
def world(db, settings):
    settings.LINTAS_RETURN_DAYS = 36500  # tills of tests speak of a day long ago
    return make_world()


def make_world():
    """Menteng with nine tees and books, and Dago, which never had one."""
    menteng, dago = make_store("menteng"), make_store("dago")
    for sku in ("TEE", "BOOK"):
        make_record(menteng.partner, sku=sku, on_hand=9)
    till = make_connection(menteng.partner, dago.partner)
    return SimpleNamespace(menteng=menteng, dago=dago, till=till, duty=duty_at(dago))


def duty_at(store, name="Sari", role=Role.ASSOCIATE, device="Counter"):
    return OnDuty(make_associate(store, name, role=role), role, make_device(store, name=device)[0])


def sold(world, number="R-1", lines=LINES, *, method="cash", at=NOON, **sums):
    """The order of a sale at Menteng's till."""
    sums = sums or SUMS
    paid = [{"method": method, "amount": sums["total"]}]
    tell_all(world.till, sale(world.menteng.partner, number, list(lines), payments=paid, at=at, **sums))
    return Order.objects.get(sale__number=number)


def key(number=1):
    return f"key-of-a-test-{number:04}"


def back(order, *quantities, **more):
    """So many of each line of the order."""
    rows = order.lines.order_by("pk")
    return [Back(row.pk, quantity, **more) for row, quantity in zip(rows, quantities, strict=False)]


def take(world, order, *quantities, number=1, method=Method.ORIGINAL, duty=None, **more):
    lines = back(order, *quantities, **more)
    order = Order.objects.get(pk=order.pk)
    return take_back(order=order, lines=lines, method=method, duty=duty or world.duty, key=key(number))


def on_hand(store, sku="TEE"):
    """What the store has by its books; None where it never had any."""
    product = StockRecord.objects.get(partner__code="menteng", partner_sku=sku).product_id
    rows = Level.objects.filter(stockrecord__partner=store.partner, stockrecord__product=product)
    return rows.values_list("on_hand", flat=True).first()


def given(order):
    """All that went back, by Oscar's account of the order."""
    rows = PaymentSource.objects.filter(order=order).values_list("amount_refunded", flat=True)
    return sum(rows, Decimal(0))


def fresh(order):
    return left_of(Order.objects.get(pk=order.pk))
