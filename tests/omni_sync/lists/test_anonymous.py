"""A list of nobody: kept for thirty days, handed over by its token, taken onto a member's own list."""

from datetime import timedelta

import pytest
from django.utils import timezone

from omni_sync.lists.add import add_to_list
from omni_sync.lists.anonymous import Want, keep, keep_too, take_off, take_over, wants_of
from omni_sync.lists.exceptions import Gone, ListGone
from omni_sync.lists.find import by_id, by_token
from omni_sync.lists.models import LIFE, AnonymousLine, AnonymousList
from omni_sync.lists.tasks import forget_anonymous_lists
from omni_sync.oscar.models import Product, WishLine
from tests.factories import make_product
from tests.stress.crowd import at_once, failures

pytestmark = pytest.mark.django_db


@pytest.fixture
def goods(db):
    return [make_product(title) for title in ("Tee", "Hat", "Cap")]


def test_it_is_opened_by_its_token_and_has_each_thing_once(goods):
    tee, hat, _ = goods
    hidden = make_product("Hidden")
    Product.objects.filter(pk=hidden.pk).update(is_public=False)
    made = keep(wants=[Want(tee.pk, 2, "For Ibu"), Want(hat.pk), Want(tee.pk), Want(hidden.pk), Want(0)])
    found = by_token(made.token).nobodys
    assert wants_of(found) == [Want(tee.pk, 2, "For Ibu"), Want(hat.pk)]
    assert made.token.encode() not in bytes(found.token_hash)


def test_more_comes_onto_it_and_something_goes(goods):
    tee, hat, cap = goods
    made = keep(wants=[Want(tee.pk), Want(hat.pk)])
    assert keep_too(list_id=made.pk, wants=[Want(hat.pk), Want(cap.pk)]) == 1
    assert take_off(list_id=made.pk, product_id=hat.pk)
    assert not take_off(list_id=made.pk, product_id=hat.pk)
    assert [want.product_id for want in wants_of(by_id(made.pk))] == [tee.pk, cap.pk]


def test_taken_onto_a_members_list_what_is_there_stays_as_it_is(ayu, sari, goods):
    tee, hat, _ = goods
    add_to_list(user_id=ayu.pk, product_id=tee.pk, note="Wider.", adviser=sari)
    wants = [Want(tee.pk, 3, "Mine"), Want(hat.pk, 2, "For Ibu")]
    assert take_over(user_id=ayu.pk, wants=wants) == 1
    assert take_over(user_id=ayu.pk, wants=wants) == 0
    lines = WishLine.objects.order_by("pk").values_list("product", "quantity", "list_note__note")
    assert list(lines) == [(tee.pk, 1, "Wider."), (hat.pk, 2, "For Ibu")]


def test_after_thirty_days_it_opens_nothing_and_is_forgotten(goods):
    made, kept = keep(wants=[Want(goods[0].pk)]), keep(wants=[Want(goods[1].pk)])
    assert abs(by_id(made.pk).until - timezone.now() - LIFE) < timedelta(minutes=5)
    AnonymousList.objects.filter(pk=made.pk).update(until=timezone.now())
    for refused in (lambda: by_token(made.token), lambda: keep_too(list_id=made.pk, wants=[])):
        with pytest.raises(ListGone) as over:
            refused()
        assert over.value.why == Gone.EXPIRED
    assert forget_anonymous_lists() == 2
    assert AnonymousLine.objects.get().anonymous_list_id == kept.pk


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_put_a_thing_on_it_once(goods):
    tee, hat, cap = goods
    made = keep(wants=[Want(tee.pk)])
    outcomes = at_once(
        *[lambda: keep_too(list_id=made.pk, wants=[Want(hat.pk), Want(cap.pk)])] * 2,
        *[lambda: keep_too(list_id=made.pk, wants=[Want(cap.pk), Want(hat.pk)])] * 2,
    )
    assert failures(outcomes) == []
    assert AnonymousLine.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_taken_over_and_added_to_at_once_nothing_is_lost(ayu, sari, goods):
    wants = [Want(product.pk) for product in goods]
    outcomes = at_once(
        lambda: take_over(user_id=ayu.pk, wants=wants),
        lambda: take_over(user_id=ayu.pk, wants=wants[::-1]),
        *[lambda pk=product.pk: add_to_list(user_id=ayu.pk, product_id=pk, adviser=sari) for product in goods],
    )
    assert failures(outcomes) == []
    assert WishLine.objects.count() == 3
    assert set(WishLine.objects.values_list("list_note__adviser_name", flat=True)) == {"Sari"}
