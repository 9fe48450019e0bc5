"""The person of a web account, and what points at it."""

import pytest
from django.db import transaction

from omni_sync.people.account import person_id_of, person_of
from omni_sync.people.models import Identifier, Match, Person
from omni_sync.people.verify import verify
from tests.factories import customer, make_connection, make_record, make_store, tell_all
from tests.omni_sync.people.conftest import account, humans, look

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
