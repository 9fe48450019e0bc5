"""A list taken along from a kiosk is spoken of once, while something of it is wanted and can be had."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client

from kiosk.station.passes import give
from kiosk.station.taken import touch_list
from omni_sync.lists.anonymous import Want, take_over
from omni_sync.messages.drain import send_messages
from omni_sync.messages.journeys.models import FollowUp
from omni_sync.messages.journeys.trigger import TRIGGERS
from omni_sync.messages.notes import note_from
from omni_sync.oscar.models import WishLine
from omni_sync.people.models import Touchpoint
from tests.factories import make_connection, sale, tell_all
from tests.instore.triggers.conftest import calls_it_theirs, clock, goods, left, menteng, only
from tests.omni_sync.triggers.conftest import NOON, follow, joined, member, queries_of, why

__all__ = ["clock", "goods", "menteng", "only"]
pytestmark = pytest.mark.django_db
THEN = NOON + timedelta(days=2, minutes=1)


@pytest.fixture(autouse=True)
def journey(only, clock):
    return only("kiosk_list_left")


@pytest.fixture
def sari(menteng):
    person = member(loyalty="L-1")
    calls_it_theirs(person, menteng)
    return person


def took(person, *records):
    """Their phone, signed in, opened the kiosk's code and kept the list."""
    phone = Client()
    phone.force_login(person.user)
    phone.get(f"/h/k/{give(wants=[Want(record.product_id) for record in records]).token}/")
    assert phone.post("/h/k/").status_code == 302


def told():
    return next(iter(TRIGGERS["kiosk_list_left"].facts(list(FollowUp.objects.all())).values()), None)


def test_what_a_phone_took_along_is_spoken_of_once(sari, goods, clock):
    took(sari, goods("Tee", on_hand=1), goods("Cap"))
    assert Touchpoint.objects.get(kind="list").person == sari
    assert follow(clock(NOON + timedelta(days=1))) == 0
    assert [follow(clock(THEN)), follow(THEN + timedelta(minutes=5))] == [1, 0]
    assert send_messages()[0] == 1
    (letter,) = mail.outbox
    assert letter.subject == "Your list from the kiosk"
    assert "Tee: Rp149,000\n   Only 1 left at Menteng." in letter.body
    assert "Cap: Rp149,000\n\n" in letter.body
    assert "No more of these:" in letter.body
    assert note_from("kiosk_list_left", told()).text == "Tee: only 1 left at Menteng."


def test_who_did_not_agree_hears_nothing(menteng, goods, clock):
    took(member(agrees=False), goods())
    follow(clock(THEN))
    assert why() == [("stopped", "consent")]


@pytest.mark.parametrize("end", ["bought", "emptied", "sold out"])
def test_what_is_no_longer_wanted_or_there_is_not_spoken_of(sari, menteng, goods, clock, end):
    tee = goods()
    took(sari, tee)
    follow(clock(THEN))
    if end == "bought":
        till = make_connection(menteng, name="till")
        tell_all(till, sale(menteng, "R-1", {"TEE": 1}, customer={"loyalty": "L-1"}, at=NOON + timedelta(hours=1)))
        joined(sari)
    elif end == "emptied":
        WishLine.objects.all().delete()
    else:
        left(tee, 0)
    assert send_messages() == (0, True)
    assert why() == [("stopped", "gone")]


def test_fifty_cost_as_many_queries_as_one(sari, goods, clock):
    tee, cap = goods(), goods("Cap")
    took(sari, tee, cap)
    follow(clock(THEN))
    one = queries_of("kiosk_list_left")
    clock(NOON)
    for n in range(49):
        person, wants = member(f"s{n}@example.com"), [Want(tee.product_id), Want(cap.product_id)]
        with transaction.atomic():
            take_over(user_id=person.user_id, wants=wants)
            touch_list(user_id=person.user_id, pass_id=-n, wants=wants)
    follow(clock(THEN))
    assert FollowUp.objects.count() == 50
    assert queries_of("kiosk_list_left") == one == 3
