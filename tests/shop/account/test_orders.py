"""What somebody bought, on the web and in the shops, in one list; and nobody else sees it."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from oscar.core.loading import get_model

from omni_sync.oscar.models import PaymentSource, PaymentSourceType
from omni_sync.people.models import Person
from omni_sync.sales.models import Return, ReturnLine
from tests.shop.pages import text_of

pytestmark = pytest.mark.django_db


def test_web_orders_and_till_sales_stand_in_one_list_newest_first(member, budi, ordered, sold):
    ordered(budi, "100001", date_placed=timezone.now() - timezone.timedelta(days=1))
    sold(budi, "menteng-R1")
    words = text_of(member.get("/accounts/orders/"))
    assert words.index("Bought at Menteng") < words.index("Ordered online")
    assert "menteng-R1" in words
    assert "Received" in words
    assert "Rp149,000" in words


def test_a_list_of_nothing_says_so(member):
    assert "Nothing yet." in text_of(member.get("/accounts/orders/"))


def test_orders_of_others_are_in_no_list_and_on_no_page(client, budi, sari, ordered, sold):
    ordered(sari, "100001")
    sold(sari, "menteng-R1")
    sold(None, "menteng-R2")
    client.force_login(budi)
    assert "Nothing yet." in text_of(client.get("/accounts/orders/"))
    for number in ("100001", "menteng-R1", "menteng-R2"):
        assert client.get(f"/accounts/orders/{number}/").status_code == 404
        assert client.post(f"/accounts/orders/{number}/", {"action": "reorder"}).status_code == 404
    client.force_login(sari)
    assert client.get("/accounts/orders/menteng-R1/").status_code == 200


def test_a_line_of_somebody_elses_order_cannot_be_had_again(client, budi, sari, ordered):
    line = ordered(sari, "100001").lines.get()
    own = ordered(budi, "100002").lines.get()
    client.force_login(budi)
    assert client.post(f"/accounts/orders/100001/{line.pk}/", {"action": "reorder"}).status_code == 404
    assert client.post(f"/accounts/orders/100002/{line.pk}/", {"action": "reorder"}).status_code == 404
    assert client.post(f"/accounts/orders/100002/{own.pk}/", {"action": "reorder"}).status_code == 302


@pytest.mark.parametrize("path", ["", "orders/", "orders/100001/"])
def test_who_is_not_signed_in_is_asked_to_in_their_language(client, path):
    answer = client.get(f"/id/accounts/{path}")
    assert answer.status_code == 302
    assert answer["Location"] == f"/id/accounts/login/?next=/id/accounts/{path}"


def test_nothing_of_an_account_stays_in_the_browser(member):
    assert "no-store" in member.get("/accounts/orders/")["Cache-Control"]


def test_an_order_says_what_is_in_it_and_how_it_adds_up(member, budi, ordered):
    order = ordered(budi, "100001", titles=("Tee", "Cap"), shipping_incl_tax="15000", shipping_excl_tax="15000")
    get_model("order", "OrderDiscount").objects.create(
        order=order, category="Basket", offer_name="Ten for two", frequency=1, amount="10000"
    )
    get_model("order", "Line").objects.filter(order=order, title="Cap").update(line_price_incl_tax="139000")
    kind = PaymentSourceType.objects.create(code="card", name="card")
    whole = {"amount_allocated": "303000", "amount_debited": "303000"}
    PaymentSource.objects.create(order=order, source_type=kind, currency="IDR", **whole)
    PaymentSource.objects.create(order=order, source_type=kind, currency="IDR", amount_refunded="139000")
    type(order).objects.filter(pk=order.pk).update(total_incl_tax="303000", total_excl_tax="303000")
    words = text_of(member.get("/accounts/orders/100001/"))
    assert "Your things Rp298,000" in words
    assert "Ten for two -Rp10,000" in words
    assert "Discount -" not in words
    assert "Delivery Rp15,000" in words
    assert "Total Rp303,000" in words
    assert "Card Rp303,000 Given back Rp139,000" in words
    assert "Still to pay" not in words


def test_a_sale_at_the_till_says_where_who_and_what_came_back(member, budi, sold):
    order = sold(budi, "menteng-R1", discount=Decimal(9000), rounding=Decimal(-50))
    order.lines.update(line_price_before_discounts_incl_tax="158050")
    order.lines.update(line_price_incl_tax="158050")
    back = Return.objects.create(
        source="till", store=order.sale.store, number="T1", occurred_at=timezone.now(), currency="IDR", order=order
    )
    ReturnLine.objects.create(sale_return=back, line="1", quantity=2, amount="1", restock=True)
    words = text_of(member.get("/accounts/orders/menteng-R1/"))
    assert "Bought at Menteng" in words
    assert "Served by men-1" in words
    assert "Discount -Rp9,000" in words
    assert "Rounding -Rp50" in words
    assert "2 pieces to Menteng" in words
    assert "Delivery" not in words


def test_a_sale_that_the_shop_took_back_says_so(member, budi, sold):
    sold(budi, "menteng-R1", voided_at=timezone.now())
    assert "Cancelled" in text_of(member.get("/accounts/orders/"))
    assert "The shop took this sale back." in text_of(member.get("/accounts/orders/menteng-R1/"))


def test_a_product_that_is_gone_is_named_and_not_linked(member, budi, ordered):
    order = ordered(budi, "100001")
    order.lines.get().product.delete()
    words = text_of(member.get("/accounts/orders/100001/"))
    assert "Tee" in words
    assert "No longer in the shop" in words
    assert "in the basket again" not in words


def test_an_order_is_found_by_number_and_by_day(member, budi, ordered):
    ordered(budi, "100001", date_placed=timezone.now() - timezone.timedelta(days=9))
    ordered(budi, "100002")
    assert "100002" not in text_of(member.get("/accounts/orders/?order_number=00001"))
    today = timezone.localdate().isoformat()
    words = text_of(member.get(f"/accounts/orders/?date_from={today}"))
    assert "100002" in words
    assert "100001" not in words
    assert "No order of yours fits." in text_of(member.get("/accounts/orders/?order_number=9"))
    assert "Enter a valid date." in text_of(member.get("/accounts/orders/?date_from=yesterday"))


def test_a_person_is_known_by_the_link_to_the_account_and_by_nothing_else(member, budi, sold):
    """A till's e-mail address is unverified: it makes nobody the owner of a sale."""
    order = sold(None, "menteng-R1")
    Person.objects.filter(pk=order.sale.person_id).update(name="Budi")
    assert "Nothing yet." in text_of(member.get("/accounts/orders/"))


def test_a_guest_sees_the_order_with_the_link_and_the_address(client, ordered):
    order = ordered(None, "100001", guest_email="tamu@langkah.example")
    kwargs = {"order_number": "100001", "hash": order.verification_hash()}
    page, door = reverse("customer:anon-order", kwargs=kwargs), reverse("customer:anon-order-form", kwargs=kwargs)
    assert client.get(page)["Location"] == door
    assert "Is this order yours?" in text_of(client.get(door))
    assert "Order not found" in text_of(client.post(door, {"email": "other@langkah.example"}))
    assert client.get(page).status_code == 302
    assert client.post(door, {"email": "tamu@langkah.example"})["Location"] == page
    answer = client.get(page)
    assert "Order 100001" in text_of(answer)
    assert answer["Referrer-Policy"] == "no-referrer"


def test_a_link_for_another_number_opens_nothing(client, ordered):
    mine, other = ordered(None, "100001", guest_email="a@b.example"), ordered(None, "100002", guest_email="a@b.example")
    session = client.session
    session["anon_order_email"] = "a@b.example"
    session.save()
    kwargs = {"order_number": other.number, "hash": mine.verification_hash()}
    assert client.get(reverse("customer:anon-order", kwargs=kwargs)).status_code == 302
