"""Staff at the boutique use Oscar's dashboard as they always did; the ledger follows."""

import re

import pytest
from goods import place
from oscar.core.loading import get_class, get_model

from omni_sync.stock.models import Hold, Movement

Order = get_model("order", "Order")


@pytest.fixture
def desk(client, staff):
    client.force_login(staff)
    return client


def form_of(page):
    """What a browser would post of a page's product form: every input, with the value it shows."""
    fields = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        unchecked = 'type="checkbox"' in tag and "checked" not in tag
        if name and not unchecked and 'type="file"' not in tag:
            fields[name[1]] = value[1] if value else ""
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)"[^>]*selected', options)
        fields[name] = chosen[1] if chosen else ""
    return fields


def edit(desk, shop, **changes):
    """Open the product's page now; the answer is a function that saves it later, with ``changes``."""
    url = f"/dashboard/catalogue/products/{shop.scarf.pk}/"
    page = form_of(desk.get(url).content.decode())
    row = next(n for n in range(9) if page.get(f"stockrecords-{n}-id") == str(shop.online.pk))
    page |= {f"stockrecords-{row}-{field}": value for field, value in changes.items()}

    def save():
        answer = desk.post(url, page | {"action": "save"})
        assert answer.status_code == 302, answer.content.decode()

    return save


def counts(shop):
    return list(
        Movement.objects.filter(stockrecord=shop.online, kind="counted")
        .order_by("pk")
        .values_list("quantity", flat=True)
    )


def test_a_price_edit_on_an_old_page_leaves_stock_alone(desk, shop):
    save = edit(desk, shop, price="25.00")
    place(shop.basket(3), get_class("order.utils", "OrderCreator"))
    ship(desk, Order.objects.get(), 3)
    assert shop.online.num_in_stock == 47
    save()
    assert shop.online.price == 25
    assert shop.online.num_in_stock == 47
    assert counts(shop) == [50]


def test_a_changed_number_is_a_count_by_that_user(desk, shop, staff):
    edit(desk, shop, num_in_stock="12")()
    assert counts(shop) == [50, 12]
    assert Movement.objects.latest("pk").reference == f"user/{staff.pk}"
    assert shop.online.num_in_stock == 12


def test_a_new_stock_record_opens_with_a_count_by_that_user(desk, shop, staff):
    partner = get_model("partner", "Partner").objects.create(name="Belém")
    url = f"/dashboard/catalogue/products/{shop.scarf.pk}/"
    page = form_of(desk.get(url).content.decode())
    new = {"partner": partner.pk, "partner_sku": "SCARF", "price": "20.00", "price_currency": "EUR", "num_in_stock": 4}
    page |= {f"stockrecords-2-{field}": value for field, value in new.items()}
    assert desk.post(url, page | {"action": "save"}).status_code == 302
    record = partner.stockrecords.get()
    opening = Movement.objects.get(stockrecord=record)
    assert (opening.kind, opening.quantity, opening.reference) == ("counted", 4, f"user/{staff.pk}")
    assert record.num_in_stock == 4


def ship(desk, order, quantity):
    """Tick the line, choose "Shipped", say how many."""
    get_model("order", "ShippingEventType").objects.get_or_create(name="Shipped", code="shipped")
    line = order.lines.get()
    desk.post(
        f"/dashboard/orders/{order.number}/",
        {
            "line_action": "create_shipping_event",
            "shipping_event_type": "shipped",
            "reference": "PT 1234",
            "selected_line": line.pk,
            f"selected_line_qty_{line.pk}": quantity,
        },
    )
    assert line.shipping_events.exists()


def test_shipping_a_part_moves_that_part_once(desk, shop):
    order = place(shop.basket(5), get_class("order.utils", "OrderCreator"))
    ship(desk, order, 2)
    assert Movement.objects.get(kind="dispatched").quantity == -2
    assert Hold.objects.open().get().quantity == 3
    assert order.lines.get().num_allocated == 3
    assert (shop.online.num_in_stock, shop.online.net_stock_level) == (48, 45)
    ship(desk, order, 3)
    assert not Hold.objects.open().exists()
    assert (shop.online.num_in_stock, shop.online.net_stock_level) == (45, 45)


def test_a_cancelled_order_lets_go(desk, shop):
    order = place(shop.basket(5), get_class("order.utils", "OrderCreator"))
    url = f"/dashboard/orders/{order.number}/"
    desk.post(url, {"order_action": "change_order_status", "new_status": "Cancelled"})
    order.refresh_from_db()
    assert order.status == "Cancelled"
    assert shop.online.net_stock_level == 50
    assert Hold.objects.get().end_reason == "cancelled"
    assert order.lines.get().allocation_cancelled


def test_oscars_own_allocation_calls_leave_the_books_right(desk, shop):
    line = place(shop.basket(5), get_class("order.utils", "OrderCreator")).lines.get()
    line.consume_allocation(2)
    assert (shop.online.num_in_stock, shop.online.net_stock_level) == (50, 45)
    ship(desk, line.order, 5)
    assert (shop.online.num_in_stock, shop.online.net_stock_level) == (45, 45)
