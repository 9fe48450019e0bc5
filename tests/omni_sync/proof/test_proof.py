"""An address is proved by a letter, once; what a guest ordered with it comes along, and nobody else's does."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from omni_sync.messages.models import Message
from omni_sync.messages.words import words_of
from omni_sync.oscar.models import Order
from omni_sync.people.account import person_of
from omni_sync.people.models import Identifier, Person, Touchpoint
from omni_sync.people.resolve import resolve
from omni_sync.people.verify import verify
from omni_sync.proof.models import EmailProof
from tests.instore.tablets import read
from tests.omni_sync.people.conftest import someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]
PAGE, OPEN, CONFIRM = "/me/email/", "/accounts/email/", "/me/email/confirm/"


@pytest.fixture
def ayu():
    return get_user_model().objects.create_user(email="Ayu@Example.com", password="x", first_name="Ayu")


@pytest.fixture
def member(ayu, client):
    client.force_login(ayu)
    return client


def guest_order(number, email):
    return Order.objects.create(
        number=number, guest_email=email, currency="IDR", total_incl_tax=1, total_excl_tax=1,
        shipping_incl_tax=0, shipping_excl_tax=0, date_placed=timezone.now(),
    )  # fmt: skip


def letter():
    return words_of(Message.objects.get(kind="email_proof")).text


def link():
    return re.search(r"https?://[^/\s]+(/me/email/[\w-]{43}/)", letter())[1]


def token_in(answer):
    """The form's token, as a browser sends it."""
    return {"csrfmiddlewaretoken": re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.content.decode())[1]}


def code():
    return re.search(r"type (\w{3} \w{3}) in", letter())[1]


def test_by_the_link_whoever_opens_it(member, ayu):
    guest_order("100001", "ayu@example.com")
    assert "We have written to you" in read(member.post(PAGE, {"do": "send"}, follow=True))
    mailbox = Client(enforce_csrf_checks=True)
    opened = mailbox.get(link())
    assert (opened.url, opened.headers["Referrer-Policy"]) == (CONFIRM, "no-referrer")
    asking = mailbox.get(CONFIRM)
    assert "•••@example.com" in read(asking)
    assert "Ayu@" not in asking.content.decode()
    assert not Identifier.objects.exclude(verified_at=None).exists()
    assert "1 order that you placed as a guest is in your account" in read(mailbox.post(CONFIRM, token_in(asking)))
    assert Identifier.objects.get().proof == Identifier.Proof.LINK
    assert Order.objects.get().user == ayu
    assert Touchpoint.objects.get().data == {"number": "100001"}
    assert "This link was used" in read(mailbox.post(CONFIRM, token_in(asking)), status=410)
    assert "This link was used" in read(mailbox.get(link()), status=410)
    assert mailbox.post(CONFIRM, {}).status_code == 403


def test_nobody_confirms_what_they_have_not_opened(member, client):
    member.post(PAGE, {"do": "send"})
    stranger = Client()
    assert stranger.get(CONFIRM).status_code == 410
    assert stranger.post(CONFIRM).status_code == 410
    assert not Identifier.objects.exclude(verified_at=None).exists()


def test_by_the_code_and_orders_of_others_stay_theirs(member, ayu):
    mine, others = guest_order("1", "AYU@example.COM"), guest_order("2", "ayu@example.com.au")
    member.post(OPEN, {"do": "send"})
    assert "is in your account" in read(member.post(OPEN, {"code": code().lower()}, follow=True))
    for order in (mine, others):
        order.refresh_from_db()
    assert (mine.user, others.user) == (ayu, None)
    assert "You have proved that this address is yours" in read(member.get(OPEN))
    assert Identifier.objects.get().proof == Identifier.Proof.CODE


def test_without_a_proof_a_guests_orders_are_nobodys(member):
    guest_order("100001", "ayu@example.com")
    assert "100001" not in member.get("/accounts/orders/").content.decode()
    member.post(PAGE, {"do": "send"})
    for said in ("AAAAAA", "", "x" * 500):
        assert "This is not the code of our last letter" in read(member.post(PAGE, {"code": said}), status=422)
    assert Order.objects.get().user is None


def test_the_code_of_another_account_proves_nothing(member):
    member.post(PAGE, {"do": "send"})
    other = Client()
    other.force_login(get_user_model().objects.create_user(email="budi@example.com", password="x"))
    assert other.post(PAGE, {"code": code()}).status_code == 422


def test_codes_and_links_are_not_guessed(member, client):
    for _ in range(10):
        member.post(PAGE, {"code": "AAAAAA"})
    assert "Too many tries" in read(member.post(PAGE, {"code": "AAAAAA"}), status=429)
    stranger = Client()
    for _ in range(10):
        assert stranger.get(PAGE + "x" * 43 + "/").status_code == 410
    assert stranger.get(PAGE + "x" * 43 + "/").status_code == 429


def test_an_old_letter_and_one_to_an_address_that_was_changed_prove_nothing(member, ayu):
    member.post(PAGE, {"do": "send"})
    EmailProof.objects.update(until=timezone.now())
    assert member.get(link()).status_code == 410
    EmailProof.objects.update(until=timezone.now() + timedelta(hours=1))
    assert member.get(link()).status_code == 302
    ayu.email = "else@example.com"
    ayu.save()
    assert member.get(link()).status_code == 410
    assert member.post(CONFIRM).status_code == 410
    assert member.post(PAGE, {"code": code()}).status_code == 422


def test_an_address_that_changes_in_the_moment_it_is_proved_is_not(member, ayu, monkeypatch):
    member.post(PAGE, {"do": "send"})

    def move():
        ayu.email = "else@example.com"
        ayu.save()

    monkeypatch.setattr("omni_sync.proof.prove.take_turn", move)  # whoever proves has seen the old one by now
    assert member.post(PAGE, {"code": code()}).status_code == 422
    assert not Identifier.objects.exclude(verified_at=None).exists()


def test_a_second_letter_waits_a_minute_and_makes_the_first_worthless(member):
    member.post(PAGE, {"do": "send"})
    assert "A letter is on its way already" in read(member.post(PAGE, {"do": "send"}, follow=True))
    assert Message.objects.count() == 1
    first = link()
    EmailProof.objects.update(made_at=timezone.now() - timedelta(minutes=2))
    Message.objects.all().delete()
    member.post(PAGE, {"do": "send"})
    assert member.get(first).status_code == 410
    assert member.get(link()).status_code == 302


def test_strangers_sign_in_first(client):
    assert client.get(PAGE).status_code == 302


def test_what_is_proved_joins_the_till_customer_who_proved_the_same(member, ayu):
    till = someone(("email", "ayu@example.com", True), name="Ayu at a till")
    member.post(PAGE, {"do": "send"})
    member.post(PAGE, {"code": code()})
    with transaction.atomic():
        resolve(person_ids=[person_of(user=ayu).pk])
    assert set(Person.objects.of_account(ayu)) == {till, person_of(user=ayu)}


def test_the_rows_of_an_account_are_one_query(member, ayu):
    with transaction.atomic():
        person = person_of(user=ayu)
        verify(identifier_ids=[person.identifiers.get().pk], proof=Identifier.Proof.LINK)
    someone(("email", "ayu@example.com", True))
    with transaction.atomic():
        resolve(person_ids=[person.pk])
    with CaptureQueriesContext(connection) as asked:
        assert len(Person.objects.of_account(ayu)) == 2
    assert len(asked) == 1
