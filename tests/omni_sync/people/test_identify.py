"""Persons as tills tell of them: per source, proved by nothing but a trusted card; consents as claims."""

import pytest

from omni_sync.people.identify import Customer, persons_of
from omni_sync.people.models import Consent, Identifier, Match, Person
from omni_sync.pos.models import Connection
from omni_sync.sales.models import Return, Sale
from tests.factories import customer, make_connection, make_record, make_store, returned, sale, tell_all
from tests.omni_sync.people.conftest import humans, look

pytestmark = pytest.mark.django_db


@pytest.fixture
def store():
    store = make_store("menteng")
    make_record(store)
    return store


@pytest.fixture
def till(store):
    return make_connection(store, name="till")


def of(person):
    return set(Identifier.objects.filter(person=person).values_list("kind", "value"))


def test_a_sale_and_a_return_of_one_loyalty_number_are_of_one_person(till, store):
    tell_all(till, sale(store, "R-1", {"TEE": 1}, customer={"loyalty": "L-1", "name": "Sari"}))
    tell_all(till, returned(store, "B-1", {"TEE": 1}, customer={"loyalty": " L-1 "}))
    person = Person.objects.get()
    assert (person.name, Sale.objects.get().person, Return.objects.get().person) == ("Sari", person, person)
    assert Identifier.objects.get().proof == Identifier.Proof.TILL


def test_only_the_loyalty_numbers_of_a_trusted_till_are_proved(till, store):
    known = {"loyalty": "l-1", "till": "c-1", "email": "a@example.com", "phone": "0812 3456 789"}
    tell_all(till, customer(store, **known))
    other = make_connection(store, name="other")
    Connection.objects.filter(pk=other.pk).update(trusts_loyalty=False)
    tell_all(other, customer(store, **known))
    proved = Identifier.objects.exclude(verified_at=None).values_list("source", "kind", "value", "proof")
    assert list(proved) == [("till", "loyalty", "L-1", "till")]


def test_a_sale_without_a_customer_is_nobodys(till, store):
    tell_all(till, sale(store, "R-1", {"TEE": 1}), sale(store, "R-2", {"TEE": 1}, customer={"name": "Only a name"}))
    assert (Person.objects.count(), Sale.objects.exclude(person=None).count()) == (0, 0)


def test_identifiers_are_gathered_as_they_are_told(till, store):
    tell_all(till, customer(store, loyalty="L-1", email="Sari@Example.com"))
    tell_all(till, customer(store, email="sari@example.com ", phone="0812-3456-789"))
    assert of(Person.objects.get()) == {
        ("loyalty", "L-1"), ("email", "sari@example.com"), ("phone", "+628123456789"),
    }  # fmt: skip


def test_identifiers_that_point_at_two_persons_merge_nobody(till, store):
    tell_all(till, customer(store, loyalty="L-1"), customer(store, email="b@example.com"))
    tell_all(till, sale(store, "R-1", {"TEE": 1}, customer={"loyalty": "L-1", "email": "b@example.com"}))
    assert Person.objects.count() == 2
    assert of(Sale.objects.get().person) == {("loyalty", "L-1")}


FAMILY = {"phone": "0812 3456 789"}


@pytest.mark.parametrize("together", [True, False])
def test_a_family_that_shares_a_phone_is_as_many_as_it_has_cards(till, store, together):
    budi = {"loyalty": "L-BUDI", "till": "C-1", "name": "Budi", **FAMILY}
    sari = {"loyalty": "L-SARI", "till": "C-2", "name": "Sari", **FAMILY}
    sales = [sale(store, f"R-{n}", {"TEE": 1}, customer=who) for n, who in enumerate((budi, sari, budi, sari))]
    for batch in [sales] if together else [[each] for each in sales]:
        tell_all(till, *batch)
    assert list(Sale.objects.order_by("number").values_list("person__name", flat=True)) == ["Budi", "Sari"] * 2
    one, other = Person.objects.order_by("pk")
    assert of(one) == {("loyalty", "L-BUDI"), ("till", "C-1"), ("phone", "+628123456789")}
    assert of(other) == {("loyalty", "L-SARI"), ("till", "C-2")}
    match = Match.objects.get()
    assert (match.left, match.right, match.because, match.state) == (one, other, "phone", "suggested")
    look(one, other)
    assert humans(one, other) == [[0], [1]]


def test_a_familys_phone_never_merges_two_who_proved_their_cards(till, store):
    other = make_connection(store, name="other")
    tell_all(till, customer(store, loyalty="L-BUDI", name="Budi", **FAMILY))
    tell_all(other, customer(store, loyalty="L-SARI", name="Sari"))
    tell_all(till, sale(store, "R-1", {"TEE": 1}, customer={"loyalty": "L-SARI", "name": "Sari", **FAMILY}))
    budi, sari, here = Person.objects.order_by("pk")
    look(budi, sari, here)
    assert humans(budi, sari, here) == [[0], [1, 2]]


def test_whoever_has_no_number_yet_is_known_by_their_phone_when_they_get_one(till, store):
    tell_all(till, customer(store, name="Sari", **FAMILY))
    tell_all(till, customer(store, loyalty="L-SARI", **FAMILY), customer(store, till="C-1", **FAMILY))
    assert of(Person.objects.get()) == {("loyalty", "L-SARI"), ("till", "C-1"), ("phone", "+628123456789")}


def test_a_new_card_of_a_customer_whom_the_till_knows_by_number_is_theirs(till, store):
    tell_all(till, customer(store, loyalty="L-1", till="C-1"))
    tell_all(till, customer(store, loyalty="L-2", till="C-1"))
    assert of(Person.objects.get()) == {("loyalty", "L-1"), ("loyalty", "L-2"), ("till", "C-1")}


def test_two_sources_do_not_share_persons(till, store):
    other = make_connection(store, name="other")
    for connection in (till, other):
        tell_all(connection, customer(store, loyalty="L-1"))
    assert Person.objects.count() == 2
    assert set(Identifier.objects.values_list("source", flat=True)) == {"till", "other"}


def test_one_batch_that_names_a_stranger_twice_makes_one_person(till, store):
    tell_all(till, *(sale(store, f"R-{n}", {"TEE": 1}, customer={"loyalty": "L-1"}) for n in range(3)))
    assert Person.objects.count() == 1


def test_a_customer_without_identifiers_is_no_person():
    assert persons_of(customers=[Customer(name="x"), Customer(email="  ")], source="till") == [None, None]


def consent(**more):
    return {"channel": "email", "purpose": "marketing", "state": "granted", **more}


def test_a_consent_without_wording_and_time_is_only_a_claim(till, store):
    said = {"wording": "Yes, write to me", "at": "2025-01-02T03:04:05+07:00", "locale": "en", "proof": "till 1"}
    consents = [consent(), consent(wording="Yes"), consent(at=said["at"]), consent(**said), consent(state="withdrawn")]
    tell_all(till, customer(store, email="a@example.com", consents=consents))
    assert list(Consent.objects.order_by("pk").values_list("is_claim", flat=True)) == [True, True, True, False, True]
    proven = Consent.objects.get(is_claim=False)
    assert (proven.wording, proven.locale, proven.proof, proven.source) == ("Yes, write to me", "en", "till 1", "till")
    assert proven.at.isoformat() == "2025-01-01T20:04:05+00:00"


def test_a_consent_said_again_in_another_event_is_another_statement(till, store):
    for _ in range(2):
        tell_all(till, customer(store, email="a@example.com", consents=[consent()]))
    assert Consent.objects.count() == 2


def test_a_name_that_is_told_after_a_sale_is_theirs_too(till, store):
    tell_all(till, sale(store, "R-1", {"TEE": 1}, customer={"loyalty": "L-1"}))
    tell_all(till, customer(store, loyalty="L-1", name="Sari"))
    tell_all(till, sale(store, "R-2", {"TEE": 1}, customer={"loyalty": "L-1", "name": "S."}))
    assert Person.objects.get().name == "Sari"
