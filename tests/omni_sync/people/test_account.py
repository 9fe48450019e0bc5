"""The person of a web account, and what points at it."""

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction

from omni_sync.messages.channels.email.channel import Email
from omni_sync.people.account import person_id_of, person_of
from omni_sync.people.models import Identifier, Match, Person
from omni_sync.people.reach import verified
from omni_sync.people.verify import verify
from tests.factories import customer, make_connection, make_record, make_store, tell_all
from tests.omni_sync.people.conftest import account, humans, look, point

pytestmark = pytest.mark.django_db


def test_an_account_has_one_person_whom_its_address_points_at_unproved():
    user = account("Sari@Example.com", first_name="Sari", last_name="Lestari")
    person = person_of(user=user)
    assert person_of(user=user) == person == Person.objects.get()
    assert person.name == "Sari Lestari"
    told = Identifier.objects.get()
    assert (told.value, told.source, told.verified_at) == ("sari@example.com", f"account {user.pk}", None)


def test_another_address_points_at_the_same_person():
    user = account("sari@example.com")
    person_of(user=user)
    user.email = "lestari@example.com"
    person = person_of(user=user)
    assert set(person.identifiers.values_list("value", flat=True)) == {"sari@example.com", "lestari@example.com"}


def prove(user):
    with transaction.atomic():
        person = person_of(user=user)
        mine = person.identifiers.filter(value=user.email)
        verify(identifier_ids=list(mine.values_list("pk", flat=True)), proof=Identifier.Proof.LINK)
    return person


def move(user, email):
    user.email = email
    user.save()


def test_whoever_proves_an_address_that_an_account_left_is_somebody_else():
    budi = account("family@example.com")
    one = prove(budi)
    move(budi, "budi@example.com")
    prove(budi)
    other = prove(account("family@example.com"))
    assert (humans(one, other), Match.objects.get().state) == ([[0], [1]], "suggested")


def test_letters_never_go_to_an_address_that_the_account_left():
    budi = account("old@example.com")
    person = prove(budi)
    move(budi, "new@example.com")
    assert verified([person.pk], kind="email") == {}
    assert Email().addresses([person.pk], is_marketing=False) == {person.pk: "new@example.com"}
    assert Email().addresses([person.pk], is_marketing=True) == {}


def test_an_address_that_an_account_comes_back_to_is_proved_anew():
    budi = account("old@example.com")
    person = prove(budi)
    for email in ("new@example.com", "old@example.com"):
        move(budi, email)
    assert verified([person.pk], kind="email") == {}
    prove(budi)
    assert verified([person.pk], kind="email") == {person.pk: "old@example.com"}


def test_an_address_that_was_changed_beside_us_is_noticed_when_the_account_is_asked_for():
    budi = account("old@example.com")
    person = prove(budi)
    get_user_model().objects.filter(pk=budi.pk).update(email="new@example.com")
    budi.refresh_from_db()
    person_of(user=budi)
    assert verified([person.pk], kind="email") == {}


def test_who_read_the_account_long_ago_takes_no_proof_of_its_new_address():
    budi = account("old@example.com")
    person = prove(budi)
    stale = get_user_model().objects.get(pk=budi.pk)
    move(budi, "new@example.com")
    prove(budi)
    person_of(user=stale)
    assert verified([person.pk], kind="email") == {person.pk: "new@example.com"}


def test_what_others_told_of_an_account_stays_when_it_moves():
    budi = account("old@example.com")
    person = prove(budi)
    point(person, "email", "office@example.com", source="till 1", proved=True)
    budi.first_name = "Budi"
    budi.save()
    assert person.identifiers.exclude(verified_at=None).count() == 2
    move(budi, "new@example.com")
    assert verified([person.pk], kind="email") == {person.pk: "office@example.com"}


def test_nobodys_account_is_nobody():
    assert person_id_of(user_id=None) is None
    assert Person.objects.count() == 0


def test_a_till_that_knows_the_address_never_enters_the_account_until_both_are_proved():
    store = make_store("menteng")
    make_record(store)
    tell_all(make_connection(store, name="till"), customer(store, email="sari@example.com", name="Sari"))
    mine, tills = person_of(user=account("sari@example.com")), Person.objects.get(user=None)
    look(mine)
    with transaction.atomic():
        verify(identifier_ids=[mine.identifiers.get().pk], proof=Identifier.Proof.LINK)
    assert (Match.objects.get().state, humans(mine, tills)) == ("suggested", [[0], [1]])
    with transaction.atomic():
        verify(identifier_ids=[tills.identifiers.get().pk], proof=Identifier.Proof.STAFF)
    assert humans(mine, tills) == [[0, 1]]
    tills.refresh_from_db()
    assert tills.root_id == mine.pk
