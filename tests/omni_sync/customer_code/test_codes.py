"""A person's code: shown or sent, good once, and not for long."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from omni_sync.customer_code.exceptions import CodeOpensNothing, Why
from omni_sync.customer_code.mint import mint
from omni_sync.customer_code.models import CustomerCode
from omni_sync.customer_code.redeem import redeem
from omni_sync.customer_code.send import MOST, Asks, send
from omni_sync.customer_code.tasks import forget_customer_codes
from omni_sync.messages.models import Message
from omni_sync.people.account import person_of
from omni_sync.people.models import Person
from omni_sync.people.signals import person_erased
from tests.factories import make_store
from tests.omni_sync.people.conftest import account, look, someone

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place(db):
    return make_store("menteng")


@pytest.fixture
def ayu(db):
    with transaction.atomic():
        return person_of(user=account("Ayu@Example.com", first_name="Ayu", last_name="Lestari"))


def minted(person, place=None):
    with transaction.atomic():
        return mint(person_id=person.pk, place_id=place and place.pk)


def used(said, place):
    with transaction.atomic():
        return redeem(said=said, place_id=place.pk)


def why_not(said, place):
    with pytest.raises(CodeOpensNothing) as refused:
        used(said, place)
    return refused.value.why


def asked(said, place):
    send(said=said, asks=Asks(place_id=place.pk, store="Langkah Menteng", associate="Sari"))
    return list(Message.objects.order_by("pk"))


@pytest.mark.parametrize("how", ["payload", "code", "spoken"])
def test_a_code_shows_its_person_once(ayu, place, how):
    shown = minted(ayu)
    said = {"payload": shown.payload, "code": shown.code, "spoken": f" {shown.code[:3]}-{shown.code[3:].lower()} "}[how]
    found = used(said, place)
    assert (found.person, found.via) == (ayu, CustomerCode.Via.SHOWN)
    assert why_not(shown.payload, place) == Why.USED
    assert why_not(shown.code, place) == Why.USED


def test_neither_token_nor_code_is_stored(ayu):
    shown = minted(ayu)
    row = CustomerCode.objects.values().get()
    kept = b" ".join(bytes(row[name]) for name in ("token_hash", "code_hash"))
    assert shown.code.encode() not in kept
    assert shown.payload.encode()[-43:] not in kept
    assert shown.code not in repr(shown)


def test_the_one_before_is_good_until_its_own_time_is_over(ayu, place):
    before, after = minted(ayu), minted(ayu)
    assert used(before.code, place).pk == before.pk
    assert used(after.code, place).pk == after.pk


def test_an_old_code_says_that_it_is_old(ayu, place):
    shown = minted(ayu)
    CustomerCode.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert why_not(shown.code, place) == Why.EXPIRED
    assert why_not(shown.payload, place) == Why.EXPIRED


@pytest.mark.parametrize("said", ["", "AAAAAA", "x" * 500, "lintas:person/", "lintas:person/" + "a" * 43, "\x00", "é"])
def test_a_guess_is_unknown(ayu, place, said):
    minted(ayu)
    assert why_not(said, place) == Why.UNKNOWN


def test_a_code_of_an_older_key_is_still_read(ayu, place):
    with override_settings(LINTAS_ENCRYPTION_KEYS=["old"]):
        shown = minted(ayu)
    with override_settings(LINTAS_ENCRYPTION_KEYS=["new", "old"]):
        assert used(shown.code, place).person == ayu


def test_a_sent_code_is_good_where_it_was_asked_for_alone(ayu, place):
    sent = minted(ayu, place)
    assert why_not(sent.code, make_store("dago")) == Why.UNKNOWN
    assert used(sent.code, place).via == CustomerCode.Via.SENT


@pytest.mark.parametrize("said", ["ayu@example.com", " AYU@EXAMPLE.COM "])
def test_an_account_is_written_to_once(ayu, place, said):
    (letter,) = asked(said, place)
    assert letter.to == "Ayu@Example.com"
    assert asked(said, place) == [letter]  # a second tap writes no second letter
    assert used(letter.facts["code"], place).person == ayu
    assert letter.facts["store"] == "Langkah Menteng"
    assert letter.facts["associate"] == "Sari"


def test_nobody_is_written_to_more_than_three_times_in_a_quarter_of_an_hour(ayu, place):
    for _ in range(MOST + 2):
        asked("ayu@example.com", place)
        CustomerCode.objects.update(made_at=timezone.now() - timedelta(minutes=2))
    assert Message.objects.count() == MOST


def test_a_proved_address_is_written_to_and_another_is_not(place):
    proved = someone(("email", "maya@example.com", True), name="Maya")
    someone(("email", "nobody@example.com", False))
    assert [letter.to for letter in asked("maya@example.com", place)] == ["maya@example.com"]
    assert len(asked("nobody@example.com", place)) == 1
    assert len(asked("stranger@example.com", place)) == 1
    assert CustomerCode.objects.get().person == proved


def test_a_phone_number_sends_to_the_address_of_the_account(ayu, place):
    till = someone(("phone", "+628115550199", True), ("email", "ayu@example.com", True))
    assert asked("0811 5550 199", place) == []  # whose it is was not proved
    ayu.identifiers.filter(kind="email").update(verified_at=timezone.now(), proof="link")
    look(ayu, till)
    assert [letter.to for letter in asked("0811 5550 199", place)] == ["Ayu@Example.com"]
    assert CustomerCode.objects.get().person == ayu


@pytest.mark.parametrize("said", ["@", "0", "+", "a@b"])
def test_nonsense_writes_to_nobody(ayu, place, said):
    assert asked(said, place) == []


def test_old_codes_are_forgotten(ayu):
    minted(ayu)
    assert forget_customer_codes() == 0
    CustomerCode.objects.update(until=timezone.now() - timedelta(days=2))
    assert forget_customer_codes() == 1


def test_who_is_forgotten_has_no_code(ayu, place):
    shown = minted(ayu)
    with transaction.atomic():
        person_erased.send(sender=Person, person_ids=[ayu.pk], user_ids=[ayu.user_id], values=[])
    assert why_not(shown.code, place) == Why.UNKNOWN
