from django.core.signing import Signer
from django.db import transaction
from django.utils import timezone
from oscar.apps.partner.availability import StockRequired
from oscar.apps.partner.strategy import Default

from omni_sync.oscar.loader import lay
from omni_sync.oscar.models import Basket, Product
from omni_sync.oscar.promise import holder_of_basket
from omni_sync.oscar.selector import FulfillingStrategy
from omni_sync.stock.hold import Line, hold


def promise(basket, record, quantity):
    with transaction.atomic():
        hold(lines=[Line(record.pk, quantity)], holder=holder_of_basket(basket.pk), until=timezone.now())
    record.refresh_from_db()


def test_the_place_that_sells_online_answers_however_little_it_has(place, product, stocked, strategy):
    tee, street = product(), place("Street")
    first, second = place("First", sells_online=True), place("Second", sells_online=True)
    stocked(tee, street, 9)
    stocked(tee, second, 5)
    chosen = stocked(tee, first, 1)
    info = strategy().fetch_for_product(tee)
    assert info.stockrecord == chosen
    assert info.availability.num_available == 1


def test_without_one_the_place_that_has_the_most_answers(place, product, stocked, strategy):
    tee = product()
    stocked(tee, place("A"), 2)
    most = stocked(tee, place("B"), 5)
    stocked(tee, place("C"), 5)
    assert strategy().fetch_for_product(tee).stockrecord == most


def test_a_product_without_stock_records_is_unavailable(product, strategy):
    info = strategy().fetch_for_product(product())
    assert info.stockrecord is None
    assert not info.availability.is_available_to_buy


def test_a_page_of_products_costs_one_more_query_than_its_rows(
    place, product, stocked, strategy, django_assert_num_queries
):
    online, street = place("Online", sells_online=True), place("Street")
    for number in range(50):
        tee = product(f"Tee {number}")
        stocked(tee, street, 5)
        stocked(tee, online, 5)
    for rows in (1, 50):
        products = list(
            Product.objects.select_related("product_class").prefetch_related("stockrecords").order_by("pk")[:rows]
        )
        asked = strategy()
        with django_assert_num_queries(1):
            assert {asked.fetch_for_product(each).stockrecord.partner_id for each in products} == {online.pk}


def test_children_cost_the_same_however_many(place, product, stocked, strategy, django_assert_num_queries):
    online, street = place("Online", sells_online=True), place("Street")
    parent = product(structure=Product.PARENT)
    for number in range(9):
        child = product(f"Size {number}", parent=parent, structure=Product.CHILD)
        stocked(child, street, 5)
        stocked(child, online, 5)
    fetched = Product.objects.prefetch_public_children(
        Product.objects.public().select_related("parent__product_class")
    ).get(pk=parent.pk)
    with django_assert_num_queries(2):
        assert strategy().fetch_for_parent(fetched).availability.is_available_to_buy


def test_a_shoppers_own_hold_counts_as_available_to_that_shopper(place, product, stocked, strategy, basket):
    """LESSONS 16: by cookie, by checkout, by the basket of the request; to nobody else."""
    tee = product()
    record = stocked(tee, place("Online", sells_online=True), 3)
    own = basket((tee, 2))
    promise(own, record, 2)

    def available(**request):
        return strategy(**request).fetch_for_product(Product.objects.get(pk=tee.pk)).availability.num_available

    assert available() == 1
    assert available(cookies={"oscar_open_basket": Signer().sign(own.pk)}) == 3
    assert available(session={"checkout_data": {"submission": {"basket_id": own.pk}}}) == 3
    assert available(basket=own) == 3
    assert available(cookies={"oscar_open_basket": f"{own.pk}:forged"}) == 1


def test_an_account_sees_its_own_holds_on_every_device(place, product, stocked, strategy, basket, django_user_model):
    tee = product()
    record = stocked(tee, place("Online", sells_online=True), 3)
    user = django_user_model.objects.create(email="ayu@example.com")
    frozen = basket((tee, 2), owner=user)
    promise(frozen, record, 2)
    frozen.freeze()
    assert strategy(user=user).fetch_for_product(tee).availability.num_available == 3
    Basket.objects.filter(pk=frozen.pk).update(status=Basket.SUBMITTED)
    assert strategy(user=user).fetch_for_product(Product.objects.get(pk=tee.pk)).availability.num_available == 1


def test_a_line_answers_for_the_record_it_holds(place, product, stocked, strategy, basket):
    """django-oscar#4164: price, availability and record of a line are those of one place."""
    tee = product()
    had_most = stocked(tee, place("A"), 5, price="10.00")
    line = basket((tee, 1)).lines.get()
    stocked(tee, place("B"), 9, price="12.00")
    info = strategy().fetch_for_line(line)
    assert (info.stockrecord, info.price.excl_tax, info.availability.num_available) == (had_most, 10, 5)
    assert strategy().fetch_for_product(tee).price.excl_tax == 12


def test_the_shops_own_policies_stay_its_own(place, product, stocked):
    class Patient(StockRequired):
        message = "Soon"

    class Theirs(Default):
        def availability_policy(self, _, stockrecord):
            return Patient(stockrecord.net_stock_level)

    tee = product()
    stocked(tee, place("Online", sells_online=True), 3)
    policy = lay(FulfillingStrategy, Theirs)().fetch_for_product(tee).availability
    assert (policy.message, policy.num_available) == ("Soon", 3)


def test_what_is_not_tracked_is_always_available(place, product, stocked, strategy):
    voucher = product(tracked=False)
    stocked(voucher, place("Online", sells_online=True), None)
    assert strategy().fetch_for_product(voucher).availability.is_purchase_permitted(99)[0]
