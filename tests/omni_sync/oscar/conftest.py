"""A small shop: a warehouse, a street shop, goods that are tracked and goods that are not."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from oscar.core.loading import get_class

from omni_sync.oscar.models import Basket, Partner, Product, ProductClass, StockRecord
from omni_sync.stock.models import Location


@pytest.fixture
def place(db):
    """Makes a partner with its location."""

    def make(name, sells_online=False):
        partner = Partner.objects.create(name=name)
        Location.objects.update_or_create(partner=partner, defaults={"sells_online": sells_online})
        return partner

    return make


@pytest.fixture
def product(db):
    """Makes a product."""

    def make(title="Tee", tracked=True, **fields):
        kind, _ = ProductClass.objects.get_or_create(name=f"tracked {tracked}", defaults={"track_stock": tracked})
        return Product.objects.create(title=title, product_class=None if "parent" in fields else kind, **fields)

    return make


@pytest.fixture
def stocked():
    """Makes a stock record, whose number opens its ledger."""

    def make(product, partner, quantity, price="10.00"):
        return StockRecord.objects.create(
            product=product,
            partner=partner,
            partner_sku=f"SKU-{product.pk}",
            price=Decimal(price),
            num_in_stock=quantity,
        )

    return make


@pytest.fixture
def strategy():
    """The strategy of a shopper: of nobody in particular unless told otherwise."""

    def make(**request):
        return get_class("partner.strategy", "Selector")().strategy(request=shopper(**request) if request else None)

    return make


@pytest.fixture
def basket(db, strategy):
    """Makes a basket with products in it, each with its quantity."""

    def make(*contents, owner=None):
        made = Basket.objects.create(owner=owner)
        made.strategy = strategy()
        for item, quantity in contents:
            made.add_product(item, quantity)
        return made

    return make


@pytest.fixture
def order(basket):
    """Orders baskets through the class that Oscar uses."""

    def make(*contents, creator=None, from_basket=None):
        return place_order(from_basket or basket(*contents), creator=creator)

    return make


def place_order(ours, *, creator=None, **more):
    """What a checkout does in the end."""
    method = get_class("shipping.methods", "Free")()
    charge = method.calculate(ours)
    total = get_class("checkout.calculators", "OrderTotalCalculator")().calculate(ours, charge)
    creator = creator or get_class("order.utils", "OrderCreator")
    return creator().place_order(basket=ours, total=total, shipping_method=method, shipping_charge=charge, **more)


def shopper(user=None, cookies=None, session=None, basket=None):
    """A request as far as a strategy reads it."""
    request = RequestFactory().get("/")
    request.user, request.session, request._basket_cache = user or AnonymousUser(), session or {}, basket
    request.COOKIES.update(cookies or {})
    return request


@pytest.fixture
def request_of():
    """Makes a request of a shopper."""
    return shopper


@pytest.fixture
def handler(db):
    """The event handler that Oscar uses."""
    return get_class("order.processing", "EventHandler")()


@pytest.fixture
def event_type(db):
    """Makes a shipping event type by its code."""
    return lambda code: SimpleNamespace(code=code)
