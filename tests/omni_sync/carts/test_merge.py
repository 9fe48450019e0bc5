"""Two baskets become one, and one place holds for all of it."""

import pytest

from omni_sync.carts.fulfilment import fulfilment_of
from tests.omni_sync.carts.conftest import contents

pytestmark = pytest.mark.django_db


@pytest.fixture
def signs_in(request_of, django_user_model):
    """Somebody with a basket of their own comes with a guest's; the merged one."""
    from django.core.signing import Signer
    from oscar.core.loading import get_class

    from omni_sync.oscar.middleware import BasketMiddleware

    def make(user, guest):
        request = request_of(user=user, cookies={"oscar_open_basket": Signer().sign(guest.pk)})
        request.cookies_to_delete = []
        request._messages = type("Silent", (), {"add": lambda *_: None})()
        request.strategy = get_class("partner.strategy", "Selector")().strategy(request=request)
        return BasketMiddleware(lambda _: None).get_basket(request)

    return make


@pytest.fixture
def user(django_user_model):
    return django_user_model.objects.create(email="ayu@example.com")


@pytest.mark.parametrize("first", ["own", "guest"])
def test_the_later_choice_holds_for_every_line(first, signs_in, user, basket, product, stocked, gudang, menteng, dago,
                                               go):  # fmt: skip
    tee, hat = product("Tee"), product("Hat")
    for place in (gudang, menteng, dago):
        for each in (tee, hat):
            stocked(each, place, 9, price="120" if place == dago else "100")
    own, guest = basket((tee, 2), owner=user), basket((tee, 3), (hat, 1))
    choices = [(own, menteng), (guest, dago)]
    for ours, place in choices if first == "own" else reversed(choices):
        go(ours, place)
    later = "Dago" if first == "own" else "Menteng"
    merged = signs_in(user, guest)
    price = 120 if later == "Dago" else 100
    assert contents(merged) == [("Tee", later, 3, price), ("Hat", later, 1, price)]
    assert str(fulfilment_of(merged).partner) == later


def test_a_guest_without_a_choice_follows_the_account(signs_in, user, basket, product, stocked, gudang, menteng, go):
    tee = product("Tee")
    stocked(tee, gudang, 9)
    stocked(tee, menteng, 9)
    own, guest = basket((tee, 1), owner=user), basket((tee, 2))
    go(own, menteng)
    assert contents(signs_in(user, guest)) == [("Tee", "Menteng", 2, 10)]
