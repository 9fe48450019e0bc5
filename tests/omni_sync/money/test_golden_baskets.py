"""The golden baskets: what is shown, ordered, printed and asked of the provider is the same, in what can be paid."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from oscar.apps.partner.strategy import FixedRateTax, StockRequired, Structured, UseFirstStockRecord
from oscar.core.loading import get_class, get_model

from instore.receipts.paper import paper_of
from omni_sync.oscar.loader import lay
from omni_sync.oscar.models import Basket
from omni_sync.oscar.selector import FulfillingStrategy
from tests.factories import make_product, make_record, make_store
from tests.omni_sync.money.vectors import by_name, only, vectors
from tests.omni_sync.payments import conftest as payments

pytestmark = pytest.mark.django_db
BASKETS = vectors("baskets")
KEYS = ("lines", "discount", "total", "total_excl_tax")
bank = payments.bank


class Taxed(UseFirstStockRecord, StockRequired, FixedRateTax, Structured):
    """A shop that puts its taxes on top, by product, in as many decimals as Oscar likes."""

    def get_rate(self, product, stockrecord):
        return Decimal(self.rates.get(stockrecord.partner_sku, 0)) / 100

    def pricing_policy(self, product, stockrecord):
        price = super().pricing_policy(product, stockrecord)
        price.tax_code = str(self.rates.get(stockrecord.partner_sku, 0))
        return price if self.with_tax else OnNet(price.currency, price.excl_tax, price.tax, price.tax_code)


OnNet = get_class("partner.prices", "FixedPrice")


@pytest.fixture
def filled(settings):
    """Makes a vector's basket, its offer applied as a page applies it."""

    def make(vector):
        settings.OSCAR_OFFERS_INCL_TAX = vector["offers_with_tax"] and bool(vector["rates"])
        store = make_store(online=True, currency=vector["currency"])
        basket = Basket.objects.create()
        basket.strategy = strategy_of(vector)
        for goods in vector["goods"]:
            facts = {"sku": goods["sku"], "price": goods["price"], "currency": vector["currency"], "on_hand": 9}
            record = make_record(store, product=make_product(goods["sku"].title()), **facts)
            basket.add_product(record.product, goods["quantity"])
        basket.reset_offer_applications()
        make_offer(vector, basket)
        get_class("offer.applicator", "Applicator")().apply(basket, AnonymousUser(), None)
        return basket

    return make


def strategy_of(vector):
    if not vector["rates"]:
        return get_class("partner.strategy", "Selector")().strategy()
    strategy = lay(FulfillingStrategy, Taxed)()
    strategy.rates, strategy.with_tax = vector["rates"], vector["offers_with_tax"]
    return strategy


def make_offer(vector, basket):
    """On the goods of this basket."""
    kind, value = vector["offer"]
    goods = get_model("offer", "Range").objects.create(name=vector["name"])
    for line in basket.all_lines():
        goods.add_product(line.product)
    pieces = 3 if kind == "multibuy" else 1
    condition = get_model("offer", "Condition").objects.create(range=goods, type="Count", value=pieces)
    types = {"multibuy": "Multibuy", "percentage": "Percentage"}
    reduction = {} if kind == "multibuy" else {"value": value}
    benefit = get_model("offer", "Benefit").objects.create(range=goods, type=types[kind], **reduction)
    get_model("offer", "ConditionalOffer").objects.create(
        name=vector["name"], condition=condition, benefit=benefit, max_basket_applications=1
    )


def send(basket, charge):
    """What a checkout does in the end: the order."""
    fixed, amount = get_class("shipping.methods", "FixedPrice"), Decimal(charge)
    method = fixed(charge_excl_tax=amount, charge_incl_tax=amount)
    asked = method.calculate(basket)
    total = get_class("checkout.calculators", "OrderTotalCalculator")().calculate(basket, asked)
    creator = get_class("order.utils", "OrderCreator")()
    return creator.place_order(basket=basket, total=total, shipping_method=method, shipping_charge=asked)


def basket_says(vector, basket):
    return {
        "lines": [
            {
                "before": line.line_price_incl_tax,
                "gross": line.line_price_incl_tax_incl_discounts,
                "net": line.line_price_excl_tax_incl_discounts,
            }
            for line in basket.all_lines()
        ],
        "discount": sum(one["discount"] for one in basket.offer_applications),
        "total": basket.total_incl_tax + Decimal(vector["shipping"]),
        "total_excl_tax": basket.total_excl_tax + Decimal(vector["shipping"]),
    }


def order_says(order):
    paper = paper_of(order)
    return {
        "lines": [{"before": line.gross + line.discount, "gross": line.gross, "net": line.net} for line in paper.lines],
        "discount": sum((one.amount for one in order.discounts.all()), Decimal(0)),
        "total": paper.total,
        "total_excl_tax": paper.total - sum(one.tax for one in paper.taxes),
    }


def test_basket_order_and_receipt_say_what_can_be_paid(filled):
    shown, printed = {}, {}
    for vector in BASKETS:
        basket = filled(vector)
        shown[vector["name"]] = basket_says(vector, basket)
        order = send(basket, vector["shipping"])
        printed[vector["name"]] = order_says(order)
        assert paper_of(order).adds_up, vector["name"]
        assert order.total_incl_tax == shown[vector["name"]]["total"]
        order.refresh_from_db()
        assert [order.total_incl_tax, order.total_excl_tax] == [
            printed[vector["name"]][key] for key in ("total", "total_excl_tax")
        ]
    assert shown == only(by_name(BASKETS), *KEYS)
    assert printed == only(by_name(BASKETS), *KEYS)


def test_line_of_the_web_keeps_its_rate(filled):
    vector = next(one for one in BASKETS if len(set(one["rates"].values())) > 1)
    paper = paper_of(send(filled(vector), vector["shipping"]))
    assert [line.rate for line in paper.lines] == [str(vector["rates"][line.sku]) for line in paper.lines]
    assert [one.rate for one in paper.taxes] == ["19", "7"]


@pytest.mark.parametrize("name", ["tenth-rupiah", "1399", "tenth-yen", "taxed-yen-on-net"])
def test_provider_is_asked_for_exactly_that(filled, bank, name):
    vector = next(one for one in BASKETS if one["name"] == name)
    order = send(filled(vector), vector["shipping"])
    facts = {"key": name, "reference": str(order.number), "pages": payments.PAGES}
    payments.beginning.begin(amount=order.total_incl_tax, currency=order.currency, **facts)
    asked = bank.written("/v1/checkout/sessions")[0]["fields"]["line_items"]["0"]["price_data"]
    assert (int(asked["unit_amount"]), asked["currency"]) == (vector["expect"]["provider"], vector["currency"].lower())


def test_sending_at_a_reduced_charge_can_be_paid_too(filled):
    """A third off 500 yen is 166.50, cut to 166; what is left without tax is whole as well."""
    vector = next(one for one in BASKETS if one["name"] == "tenth-yen")
    basket = filled(vector)
    whole = get_class("shipping.methods", "FixedPrice")(charge_excl_tax=Decimal(455), charge_incl_tax=Decimal(500))
    third = get_model("offer", "Benefit")(type="Shipping percentage", value=Decimal("33.3"))
    method = get_class("shipping.methods", "TaxInclusiveOfferDiscount")(
        whole, get_model("offer", "ConditionalOffer")(benefit=third)
    )
    charge = method.calculate(basket)
    assert (method.discount(basket), charge.incl_tax, charge.excl_tax) == (166, 334, 304)
    total = get_class("checkout.calculators", "OrderTotalCalculator")().calculate(basket, charge)
    order = get_class("order.utils", "OrderCreator")().place_order(
        basket=basket, total=total, shipping_method=method, shipping_charge=charge
    )
    paper = paper_of(order)
    assert (paper.total, paper.shipping, paper.adds_up) == (1234, 334, True)
    assert [(one.net, one.tax) for one in paper.taxes] == [(1204, 30)]
