"""The manager's weekly list: look-ups after which nothing was sold."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.utils import timezone

from instore.customers.models import LookUp
from omni_sync.people.models import Person
from omni_sync.sales.models import Sale
from tests.instore.customers.conftest import open_at
from tests.instore.places import make_store
from tests.instore.tablet.conftest import sign_in_at
from tests.instore.tablets import make_manager, read

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/dashboard/lintas/look-ups/"
HOUR = timedelta(hours=1)


@pytest.fixture
def office(client, ayu, on_duty):
    """The desk of head office, after Sari has looked at Ayu's page."""
    open_at(on_duty, ayu.person)
    Sale.objects.update(occurred_at=timezone.now() - 30 * 24 * HOUR)
    client.force_login(make_manager())
    return client


def listed(office, path=PAGE):
    return "Sari" in read(office.get(path)).partition("Who looked")[2]


def test_a_look_up_without_a_sale_is_listed(office):
    said = read(office.get(PAGE))
    assert "1 look-up" in said
    assert "may still buy" in said
    assert "Menteng Sari Till side Showed their code" in said
    assert "Ayu" not in said


@pytest.mark.parametrize(("later", "is_listed"), [(HOUR, False), (-HOUR, True), (25 * HOUR, True)])
def test_what_is_sold_within_a_day_takes_it_off(office, later, is_listed):
    Sale.objects.update(occurred_at=LookUp.objects.get().at + later)
    assert listed(office) is is_listed


def test_what_another_row_of_the_human_buys_counts(office, ayu):
    till = Person.objects.create(merged_into=ayu.person)
    Sale.objects.update(person=till, occurred_at=timezone.now() + HOUR)
    assert not listed(office)


def test_what_somebody_else_buys_or_elsewhere_does_not(office):
    Sale.objects.update(occurred_at=timezone.now() + HOUR, store=make_store("dago").partner)
    assert listed(office)


def test_a_voided_sale_is_none(office):
    Sale.objects.update(occurred_at=timezone.now() + HOUR, voided_at=timezone.now())
    assert listed(office)


def test_it_is_of_one_week(office):
    long_ago = timezone.now() - timedelta(days=8)
    LookUp.objects.update(at=long_ago, until=long_ago + HOUR)
    assert not listed(office)


def test_each_sees_their_own_stores(office, client):
    theirs = make_store("dago")
    owner = get_user_model().objects.create_user("owner@example.com", "x")
    owner.user_permissions.add(Permission.objects.get(codename="dashboard_access"))
    theirs.partner.users.add(owner)
    client.force_login(owner)
    assert not listed(client)
    assert client.get(f"{PAGE}?store=menteng").status_code == 404
    assert client.get(f"{PAGE}?store=dago").status_code == 200


def test_it_costs_the_same_however_long_it_is(office, ayu, shop, django_assert_max_num_queries):
    office.get(PAGE)
    with django_assert_max_num_queries(20) as few:
        office.get(PAGE)
    cost = len(few)
    other = sign_in_at(shop.store, "Rina", device="Shelves")
    for _ in range(4):
        open_at(other, ayu.person)
    with django_assert_max_num_queries(cost):
        office.get(PAGE)
