from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from oscar.core.loading import get_model

from omni_sync.oscar.models import Order, OrderLine
from omni_sync.people.models import Person
from omni_sync.sales.models import Sale
from tests.instore.places import make_product, make_store

PASSWORD = "langkah-demi-langkah"


@pytest.fixture
def budi(db):
    return get_user_model().objects.create_user("budi@langkah.example", PASSWORD, first_name="Budi")


@pytest.fixture
def sari(db):
    return get_user_model().objects.create_user("sari@langkah.example", PASSWORD, first_name="Sari")


@pytest.fixture
def member(client, budi):
    """A browser in which Budi is signed in."""
    client.force_login(budi)
    return client


@pytest.fixture
def ordered():
    return order_of


@pytest.fixture
def sold():
    return sale_to


def order_of(user, number="100001", *, titles=("Tee",), price="149000", **fields):
    """An order from the web, a line for each title."""
    total = Decimal(price) * len(titles)
    own = {"total_incl_tax": total, "total_excl_tax": total, "currency": "IDR", "status": "Pending"}
    order = Order.objects.create(
        number=number, user=user, shipping_method=fields.pop("shipping_method", "Post"), **{**own, **fields}
    )
    for title in titles:
        product = make_product(title)
        OrderLine.objects.create(
            order=order,
            product=product,
            title=title,
            partner_sku=title,
            quantity=1,
            num_allocated=0,
            unit_price_incl_tax=price,
            unit_price_excl_tax=price,
            line_price_incl_tax=price,
            line_price_excl_tax=price,
            line_price_before_discounts_incl_tax=price,
            line_price_before_discounts_excl_tax=price,
        )
    return order


def sale_to(user, number="menteng-R1", *, store="menteng", **fields):
    """A till sale to the person whose account this is."""
    order = order_of(None, number, shipping_method="", status="Complete")
    partner = get_model("partner", "Partner").objects.filter(code=store).first() or make_store(store).partner
    person, _ = Person.objects.get_or_create(user=user) if user else (Person.objects.create(), True)
    Sale.objects.create(
        order=order,
        source="till",
        store=partner,
        number=number,
        occurred_at=timezone.now(),
        currency="IDR",
        channel=fields.pop("channel", "till"),
        associate="men-1",
        total=order.total_incl_tax,
        person=person,
        **fields,
    )
    return order
