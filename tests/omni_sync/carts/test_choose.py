import pytest
from django.core.signing import Signer
from django.db import IntegrityError, transaction
from oscar.core.loading import get_model

from omni_sync.carts.exceptions import BasketClosed, DifferentCurrencies
from omni_sync.carts.fulfilment import fulfilment_of
from omni_sync.carts.models import Fulfilment
from omni_sync.oscar.models import Basket, Partner, StockRecord
from omni_sync.stock.count import count
from tests.omni_sync.carts.conftest import contents

pytestmark = pytest.mark.django_db


def test_a_basket_that_collects_names_a_place_and_one_that_is_delivered_names_none(basket, menteng):
    for mode, partner in (("collect", None), ("deliver", menteng), ("", None)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Fulfilment.objects.create(basket=basket(), mode=mode, partner=partner)


def test_nothing_is_chosen_until_somebody_does(basket):
    chosen = fulfilment_of(basket())
    assert (chosen.is_chosen, chosen.is_collected, chosen.is_delivered) == (False, False, False)
    assert not fulfilment_of(Basket()).is_chosen


def test_lines_stand_at_the_price_of_the_place(basket, product, stocked, gudang, menteng, go):
    tee = product("Tee")
    stocked(tee, gudang, 9, price="139000")
    there = stocked(tee, menteng, 4, price="149000")
    ours = basket((tee, 2))
    chosen = go(ours, menteng)
    assert contents(ours) == [("Tee", "Menteng", 2, 149000)]
    (moved,) = chosen.moved
    assert (moved.before, moved.now, moved.available, moved.fits) == (139000, 149000, 4, True)
    assert moved.costs_something_else
    assert chosen.stays == ()
    assert ours.lines.get().line_reference == f"{tee.pk}_{there.pk}"
    assert ours.total_incl_tax == 298000
    assert fulfilment_of(ours).partner == menteng
    go(ours)
    assert contents(ours) == [("Tee", "Gudang", 2, 139000)]
    assert fulfilment_of(Basket.objects.get(pk=ours.pk)).is_delivered


def test_a_line_that_is_not_there_is_kept_and_cannot_be_bought(basket, product, stocked, gudang, menteng, go):
    tee, hat = product("Tee"), product("Hat")
    stocked(tee, gudang, 9, price="139000")
    stocked(hat, gudang, 9, price="50000")
    stocked(hat, menteng, 1, price="55000")
    ours = basket((tee, 2), (hat, 3))
    chosen = go(ours, menteng)
    assert contents(ours) == [("Tee", "Gudang", 2, 139000), ("Hat", "Menteng", 3, 55000)]
    assert [stays.line.product for stays in chosen.stays] == [tee]
    assert [(moved.available, moved.fits) for moved in chosen.moved] == [(1, False)]
    with ours.strategy.answering_for(chosen.fulfilment):
        infos = [line.purchase_info.availability for line in ours.all_lines()]
    assert infos[0].is_purchase_permitted(1) == (False, "not at Menteng")
    assert infos[1].is_purchase_permitted(1)[0]
    assert not infos[1].is_purchase_permitted(3)[0]


def test_what_is_only_in_the_shops_cannot_be_sent(basket, product, stocked, gudang, menteng, go):
    tee, hat = product("Tee"), product("Hat")
    stocked(tee, menteng, 9, price="139000")
    stocked(hat, gudang, 9, price="50000")
    ours = basket((tee, 1), (hat, 1))
    chosen = go(ours)
    assert [stays.line.product for stays in chosen.stays] == [tee]
    with ours.strategy.answering_for(chosen.fulfilment):
        line = ours.all_lines()[0]
        assert line.purchase_info.availability.is_purchase_permitted(1) == (False, "only in our shops")


def test_two_lines_that_become_the_same_are_one(basket, product, stocked, gudang, menteng, dago, go):
    tee = product("Tee")
    stocked(tee, gudang, 9, price="139000")
    stocked(tee, menteng, 9, price="149000")
    ours = basket((tee, 2))
    other = stocked(tee, dago, 9, price="129000")
    ours.lines.create(product=tee, stockrecord=other, line_reference=f"{tee.pk}_{other.pk}", quantity=1)
    go(ours, menteng)
    assert contents(ours) == [("Tee", "Menteng", 3, 149000)]


def test_a_line_with_options_stays_apart_and_keeps_them(basket, product, stocked, gudang, menteng, go):
    tee = product("Tee")
    stocked(tee, gudang, 9)
    stocked(tee, menteng, 9)
    option = get_model("catalogue", "Option").objects.create(name="Name", code="name")
    ours = basket((tee, 1))
    ours.add_product(tee, 1, [{"option": option, "value": "Ayu"}])
    rest = ours.lines.last().line_reference.split("_", 2)[2]
    go(ours, menteng)
    assert contents(ours) == [("Tee", "Menteng", 1, 10), ("Tee", "Menteng", 1, 10)]
    assert ours.lines.last().line_reference.endswith(f"_{rest}")
    ours.strategy.place = fulfilment_of(ours)
    ours.add_product(tee, 1, [{"option": option, "value": "Ayu"}])
    assert [line.quantity for line in ours.lines.order_by("pk")] == [1, 2]


def test_a_product_that_is_added_later_comes_from_the_chosen_place(basket, product, stocked, gudang, menteng, go,
                                                                   strategy):  # fmt: skip
    tee, hat = product("Tee"), product("Hat")
    for each in (tee, hat):
        stocked(each, gudang, 9, price="100")
        stocked(each, menteng, 9, price="120")
    ours = basket((tee, 1))
    go(ours, menteng)
    for request in ({"basket": ours}, {"cookies": {"oscar_open_basket": Signer().sign(ours.pk)}}):
        assert strategy(**request).fetch_for_product(hat).price.incl_tax == 120
    assert strategy().fetch_for_product(hat).price.incl_tax == 100
    ours.strategy = strategy(basket=ours)
    ours.add_product(hat)
    assert contents(ours)[1] == ("Hat", "Menteng", 1, 120)


def test_an_account_finds_its_choice_on_every_device(basket, product, stocked, gudang, menteng, go, strategy,
                                                     django_user_model):  # fmt: skip
    user = django_user_model.objects.create(email="ayu@example.com")
    tee = product()
    stocked(tee, gudang, 9)
    stocked(tee, menteng, 9)
    go(basket((tee, 1), owner=user), menteng)
    assert strategy(user=user).select_stockrecord(tee).partner == menteng


def test_a_shop_without_a_warehouse_delivers_from_whoever_has_most(basket, product, stocked, menteng, dago, go):
    tee = product("Tee")
    stocked(tee, menteng, 1)
    stocked(tee, dago, 5)
    ours = basket((tee, 1))
    assert go(ours).stays == ()
    assert contents(ours) == [("Tee", "Dago", 1, 10)]


def test_a_closed_basket_stays_as_it_is(basket, product, stocked, gudang, menteng, go):
    tee = product("Tee")
    stocked(tee, gudang, 9)
    stocked(tee, menteng, 9)
    ours = basket((tee, 1))
    Basket.objects.filter(pk=ours.pk).update(status=Basket.FROZEN)
    with pytest.raises(BasketClosed):
        go(ours, menteng)
    assert contents(ours) == [("Tee", "Gudang", 1, 10)]
    assert not Fulfilment.objects.exists()


def test_one_basket_is_never_in_two_currencies(basket, product, stocked, gudang, menteng, go):
    tee, hat = product("Tee"), product("Hat")
    for each in (tee, hat):
        stocked(each, gudang, 9)
    StockRecord.objects.filter(pk=stocked(tee, menteng, 9).pk).update(price_currency="SGD")
    ours = basket((tee, 1), (hat, 1))
    with pytest.raises(DifferentCurrencies):
        go(ours, menteng)
    assert contents(ours) == [("Tee", "Gudang", 1, 10), ("Hat", "Gudang", 1, 10)]
    assert not Fulfilment.objects.exists()


def test_a_place_that_counts_nothing_left_is_told_of(basket, product, stocked, gudang, menteng, go):
    tee = product("Tee")
    stocked(tee, gudang, 9)
    count(stockrecord=stocked(tee, menteng, 9), quantity=0)
    (moved,) = go(basket((tee, 1)), menteng).moved
    assert (moved.available, moved.fits) == (0, False)


def test_a_choice_costs_the_same_for_fifty_lines_in_a_hundred_shops(basket, product, stocked, gudang, menteng, go,
                                                                    django_assert_max_num_queries):  # fmt: skip
    shops = [Partner.objects.create(name=f"Shop {number}") for number in range(20)]
    costs = []
    for lines in (1, 50):
        goods = [product(f"Tee {number}") for number in range(lines)]
        for each in goods:
            for shop in [gudang, menteng, *shops[: 20 if lines == 1 else 2]]:
                stocked(each, shop, 5)
        ours = basket(*((each, 1) for each in goods))
        with django_assert_max_num_queries(10) as captured:
            go(ours, menteng)
        costs.append(len(captured))
    assert costs[0] == costs[1]
