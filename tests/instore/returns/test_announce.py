"""What somebody says beforehand that they will bring waits where they said, until it came back."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from instore.returns.announce import announce, announced_of, waiting_at
from instore.returns.exceptions import NothingChosen, TooMany
from instore.returns.models import Announced, Reason
from omni_sync.oscar.models import Order
from omni_sync.stock.models import Movement
from tests.factories import returned, tell_all, voided
from tests.instore.returns.conftest import back, sold, take
from tests.instore.returns.test_pages import form_in, page_of
from tests.instore.tablet.conftest import sign_in_at
from tests.instore.tablets import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]


@pytest.fixture
def ayu(world):
    return get_user_model().objects.create_user("ayu@example.com", "x", first_name="Ayu")


@pytest.fixture
def hers(world, ayu):
    """A sale of Menteng's till that is in Ayu's account."""
    order = sold(world)
    Order.objects.filter(pk=order.pk).update(user=ayu)
    order.refresh_from_db()
    return order


@pytest.fixture
def phone(ayu):
    client = Client(headers={"accept-language": "en"})
    client.force_login(ayu)
    return client


def url_of(order):
    return f"/accounts/orders/{order.number}/return/"


def choice(order, *quantities, store="dago", why="size"):
    said = {"store": store}
    for row, quantity in zip(order.lines.order_by("pk"), quantities, strict=False):
        said |= {f"many{row.pk}": str(quantity), f"why{row.pk}": why}
    return said


def test_shopper_announces_and_the_tablet_there_has_it_chosen(world, hers, phone):
    assert phone.post(url_of(hers), choice(hers, 2)).status_code == 302
    assert "They know at Dago." in read(phone.get(url_of(hers)))
    tablet = sign_in_at(world.dago, "Rina", device="Door")
    assert "Announced online" in read(tablet.get("/staff/returns/"))
    assert "Take goods back 1 announced online" in read(tablet.get("/staff/today/"))
    found = tablet.get("/staff/returns/", {"number": hers.number})
    page = tablet.get(found.url)
    assert "To give back Rp287,220" in read(page)
    assert tablet.post(page_of(hers), form_in(page)).status_code == 302
    assert hers.sale_returns.get().lines.get().taken_back.reason == "size"
    assert not waiting_at(world.dago).exists()
    elsewhere = sign_in_at(world.menteng, "Tono", device="Desk")
    assert "Announced online" not in read(elsewhere.get("/staff/returns/"))


def test_nothing_is_moved_or_promised_by_it(world, hers):
    before = Movement.objects.count()
    announce(order=hers, store=world.dago, lines=back(hers, 3, 1))
    assert Movement.objects.count() == before
    take(world, hers, 1)
    assert announced_of(hers) is None


def test_said_again_it_takes_the_place_of_what_was_said(world, hers):
    announce(order=hers, store=world.dago, lines=back(hers, 3))
    announce(order=hers, store=world.menteng, lines=back(hers, 0, 1, reason=Reason.BROKEN))
    assert not waiting_at(world.dago).exists()
    assert [one.pieces for one in waiting_at(world.menteng)] == [1]


def test_it_waits_for_thirty_days(world, hers):
    announce(order=hers, store=world.dago, lines=back(hers, 1))
    Announced.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert announced_of(hers) is None
    announce(order=hers, store=world.dago, lines=back(hers, 1))
    assert waiting_at(world.dago).count() == 1


def test_it_is_called_off(world, hers, phone):
    phone.post(url_of(hers), choice(hers, 1))
    phone.post(url_of(hers), {"cancel": "1"})
    assert announced_of(hers) is None


def test_what_came_back_at_a_till_is_waited_for_no_more(world, hers):
    announce(order=hers, store=world.dago, lines=back(hers, 3, 1))
    tell_all(world.till, returned(world.menteng.partner, "B-1", [("TEE", 3), ("BOOK", 1)], of="R-1"))
    assert not waiting_at(world.dago)


def test_what_was_never_sold_is_waited_for_no_more(world, hers):
    announce(order=hers, store=world.dago, lines=back(hers, 1))
    tell_all(world.till, voided(world.menteng.partner, sale="R-1"))
    assert not waiting_at(world.dago)


def test_return_that_never_happened_ends_nothing(world, hers):
    announce(order=hers, store=world.dago, lines=back(hers, 1))
    tell_all(world.till, voided(world.menteng.partner, **{"return": "B-1"}))
    tell_all(world.till, returned(world.menteng.partner, "B-1", {"TEE": 1}, of="R-1"))
    assert len(waiting_at(world.dago)) == 1


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"store": "nowhere"}, "Choose a shop."),
        ({}, "Choose at least one thing"),
    ],
)
def test_what_is_missing_is_said(world, hers, phone, more, words):
    assert words in read(phone.post(url_of(hers), choice(hers, 0) | more), 422)
    assert not Announced.objects.exists()


def test_more_than_is_left_is_not_announced(world, hers, phone):
    take(world, hers, 2)
    assert phone.post(url_of(hers), choice(hers, 2)).status_code == 422
    with pytest.raises(TooMany):
        announce(order=hers, store=world.dago, lines=back(hers, 2))
    with pytest.raises(NothingChosen):
        announce(order=hers, store=world.dago, lines=[])


def test_it_is_its_owners_alone(world, hers):
    other = Client()
    assert other.get(url_of(hers)).status_code == 302
    other.force_login(get_user_model().objects.create_user("budi@example.com", "x"))
    assert other.get(url_of(hers)).status_code == 404
    assert other.post(url_of(hers), choice(hers, 1)).status_code == 404
    assert not Announced.objects.exists()


def test_order_page_leads_there(hers, phone):
    assert url_of(hers) in phone.get(f"/accounts/orders/{hers.number}/").content.decode()
