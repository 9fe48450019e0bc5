"""Who opens an account is greeted once, and offered nothing."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from oscar.apps.customer.signals import user_registered

from omni_sync.messages.drain import send_messages
from omni_sync.messages.journeys.models import FollowUp, Step
from omni_sync.messages.journeys.plan import plan_follow_ups
from omni_sync.messages.models import Message
from omni_sync.messages.privacy import export
from omni_sync.people.models import Person
from tests.omni_sync.messages.wording.conftest import live
from tests.omni_sync.people.conftest import account
from tests.omni_sync.triggers.conftest import NOON, clock, follow, member, only, queries_of, why

__all__ = ["clock", "only"]
pytestmark = pytest.mark.django_db
SOON = NOON + timedelta(minutes=11)


@pytest.fixture(autouse=True)
def journey(only, clock):
    return only("welcome")


def registered(email="sari@example.com", **fields):
    user = account(email, date_joined=NOON, **fields)
    user_registered.send_robust(sender=None, request=None, user=user)
    Person.objects.filter(user=user).update(created_at=NOON)
    return user


def test_who_registers_is_greeted_once_without_having_agreed_to_anything(clock, settings):
    registered(first_name="Sari")
    assert [follow(clock(SOON)), follow(SOON + timedelta(minutes=5))] == [1, 0]
    assert send_messages()[0] == 1
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["sari@example.com"], f"Welcome to {settings.OSCAR_SHOP_NAME}")
    assert letter.body.startswith("Hello Sari,")
    assert "https://shop.example/accounts/" in letter.body
    assert "List-Unsubscribe" not in letter.extra_headers
    assert Message.objects.get().purpose == "service"


def test_nobody_is_greeted_who_has_long_been_here_or_works_here(clock):
    old = registered("old@example.com")
    get_user_model()._default_manager.filter(pk=old.pk).update(date_joined=NOON - timedelta(days=300))
    registered("rani@example.com", is_staff=True)
    assert follow(clock(SOON)) == 0


def test_oscars_own_letter_is_enough(clock, settings):
    settings.OSCAR_SEND_REGISTRATION_EMAIL = True
    registered()
    assert follow(clock(SOON)) == 0


def test_a_human_with_two_accounts_is_greeted_for_the_first(clock):
    first, second = (registered(f"{name}@example.com") for name in ("one", "two"))
    Person.objects.filter(user=second).update(merged_into=Person.objects.get(user=first))
    assert follow(clock(SOON)) == 1
    assert FollowUp.objects.get().occurrence == f"account:{first.pk}"


def test_who_closed_the_account_meanwhile_is_not_greeted(clock):
    user = registered()
    plan_follow_ups(now=clock(SOON))
    user.is_active = False
    user.save()
    follow(SOON)
    assert why() == [("stopped", "gone")]


def test_fifty_cost_as_many_queries_as_one(clock):
    clock(SOON)
    registered()
    follow(SOON)
    one = queries_of("welcome")
    for n in range(49):
        registered(f"s{n}@example.com")
    follow(SOON)
    assert FollowUp.objects.count() == 50
    assert queries_of("welcome") == one == 2


def test_a_member_who_was_made_by_staff_is_nobody_new(clock):
    person = member()
    Person.objects.filter(pk=person.pk).update(created_at=NOON - timedelta(days=10))
    assert follow(clock(SOON)) == 0


def test_a_name_that_looks_like_an_address_breaks_nothing(only, clock):
    step = Step.objects.select_related("journey").get(journey=only("welcome"))
    live(step, "Hello", "Hello {name}\n\n{link}")
    user = registered(first_name="https://[")
    follow(clock(SOON))
    assert send_messages()[0] == 1
    (letter,) = mail.outbox
    assert "Hello https://[" in letter.body
    assert "<p>Hello https://[</p>" in letter.alternatives[0][0]
    told = {}
    people = list(Person.objects.filter(user=user).values_list("pk", flat=True))
    export(None, person_ids=people, add=lambda name, rows: told.setdefault(name, list(rows)))
    assert "Hello https://[" in told["letters"][0]["text"]
