"""Many at once: one person per account, one human per proof. The control loses without taking turns."""

import pytest
from django.db import transaction

from omni_sync.people import account as accounts
from omni_sync.people import components, identify
from omni_sync.people import merge as by_hand
from omni_sync.people import resolve as resolving
from omni_sync.people.account import person_of
from omni_sync.people.identify import Customer, persons_of
from omni_sync.people.merge import merge
from omni_sync.people.models import Identifier, Match, Person
from tests.omni_sync.people.conftest import account, humans, look, someone
from tests.stress.crowd import Meeting, at_once, failures

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[True, False], ids=["guarded", "control"])
def guarded(request, monkeypatch):
    """Whether two who resolve take turns; both have read who is one human with theirs before either writes it."""
    meeting, gather = Meeting(2, seconds=1 if request.param else 10), components._gather

    def gather_and_meet(*args):
        gather(*args)
        meeting.wait()

    monkeypatch.setattr(components, "_gather", gather_and_meet)
    if not request.param:
        monkeypatch.setattr(resolving, "take_turn", lambda: None)
    return request.param


def test_two_who_each_add_a_match_to_one_human_make_one_human(guarded):
    a = someone(("email", "a@example.com", True))
    b = someone(("email", "a@example.com", True), ("phone", "+628", True))
    c = someone(("phone", "+628", True))
    assert failures(at_once(lambda: look(a), lambda: look(c))) == []
    assert Match.objects.filter(state="merged").count() == 2
    roots = {row.root_id for row in Person.objects.all()}
    assert (roots == {a.pk}) is guarded
    if guarded:
        assert humans(a, b, c) == [[0, 1, 2]]


def test_the_same_pair_resolved_by_many_at_once_is_one_match():
    persons = [someone(("email", "a@example.com", True)) for _ in range(6)]
    assert failures(at_once(*[lambda p=p: look(p) for p in persons])) == []
    assert Match.objects.count() == 15
    assert len(humans(*persons)) == 1


def test_the_same_pair_merged_by_two_hands_at_once_is_one_match(monkeypatch):
    a, b, rani = someone(), someone(), account("rani@langkah.example")

    def say():
        with transaction.atomic():
            return merge(person_ids=(a.pk, b.pk), by=rani).pk

    assert len(set(at_once(*[say] * 4))) == 1
    assert by_hand.Match.objects.count() == 1


@pytest.fixture(params=[True, False], ids=["guarded", "control"])
def safe(request, monkeypatch):
    """Whether a person is made by one statement, or looked for first, then made."""
    if not request.param:
        meeting = Meeting(4)
        create = Person.objects.bulk_create

        def check_then_write(rows, **_):
            meeting.wait()
            return create(rows)

        monkeypatch.setattr(accounts.Person.objects, "bulk_create", check_then_write)
    return request.param


def test_an_account_that_comes_through_many_doors_at_once_is_one_person(safe):
    user = account("sari@example.com")

    def come():
        with transaction.atomic():
            return person_of(user=user).pk

    outcomes = at_once(*[come] * 4)
    assert (failures(outcomes) == []) is safe
    assert Person.objects.count() == 1
    assert Identifier.objects.count() == 1


@pytest.mark.parametrize("in_turn", [True, False], ids=["guarded", "control"])
def test_two_cards_that_come_at_once_with_a_familys_phone_are_two_customers(in_turn, monkeypatch):
    """Both lanes have looked whose numbers are known before either writes."""

    def tell(**told):
        with transaction.atomic():
            return persons_of(customers=[Customer(phone="+628123456789", **told)], source="till")[0]

    meeting, numbered = Meeting(2, seconds=1 if in_turn else 10), identify._numbered

    def look_and_meet(*args):
        known = numbered(*args)
        meeting.wait()
        return known

    tell()
    monkeypatch.setattr(identify, "_numbered", look_and_meet)
    if not in_turn:
        monkeypatch.setattr(identify, "_take_turns", lambda *_: None)
    told = at_once(lambda: tell(loyalty="L-BUDI"), lambda: tell(loyalty="L-SARI"))
    assert failures(told) == []
    assert len(set(told)) == (2 if in_turn else 1)
