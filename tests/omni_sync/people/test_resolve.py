"""Who is one human with whom: by proved identifiers only, in any order, and exactly undone."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from omni_sync.people.models import Identifier, Match, Person
from omni_sync.people.resolve import resolve, resolve_everyone
from omni_sync.people.signals import persons_merged
from omni_sync.people.verify import verify
from omni_sync.transactions import OutsideTransaction
from tests.omni_sync.people.conftest import account, humans, look, point, someone

pytestmark = pytest.mark.django_db
MAIL, OTHER_MAIL = "sari@example.com", "budi@example.com"


def state():
    return list(Match.objects.values_list("because", "state"))


@pytest.mark.parametrize(
    ("one", "other", "match"),
    [
        ([("email", MAIL, True)], [("email", MAIL, True)], [("email", "merged")]),
        ([("phone", "+628", True)], [("phone", "+628", True)], [("phone", "merged")]),
        ([("loyalty", "L-1", True)], [("loyalty", "L-1", True)], [("loyalty", "merged")]),
        ([("email", MAIL, True)], [("email", MAIL, False)], [("email", "suggested")]),
        ([("email", MAIL, False)], [("email", MAIL, False)], [("email", "suggested")]),
        ([("email", MAIL, True)], [("email", OTHER_MAIL, True)], []),
        ([("loyalty", "7", True)], [("till", "7", True)], []),
        ([("till", "7", True)], [("till", "7", True)], []),
        (
            [("email", MAIL, True), ("phone", "+628", False)],
            [("email", MAIL, True), ("phone", "+628", True)],
            [("email", "merged")],
        ),
        (
            [("email", MAIL, False), ("phone", "+628", True)],
            [("email", MAIL, False), ("phone", "+628", True)],
            [("phone", "merged")],
        ),
        (
            [("email", MAIL, False), ("loyalty", "L-1", False)],
            [("email", MAIL, True), ("loyalty", "L-1", True)],
            [("loyalty", "suggested")],
        ),
    ],
)
def test_who_is_merged_and_who_is_suggested(one, other, match):
    persons = [someone(*one), someone(*other)]
    look(persons[0])
    assert state() == match
    is_one = bool(match) and match[0][1] == "merged"
    assert humans(*persons) == ([[0, 1]] if is_one else [[0], [1]])


def test_somebody_is_one_human_with_whoever_is_with_another():
    a = someone(("email", MAIL, True))
    b = someone(("email", MAIL, True), ("phone", "+628", True))
    c = someone(("phone", "+628", True), ("loyalty", "L-1", True))
    d = someone(("loyalty", "L-1", True))
    look(d)
    assert humans(a, b, c, d) == [[0], [1], [2, 3]]
    look(b)
    assert humans(a, b, c, d) == [[0, 1, 2, 3]]
    c.refresh_from_db()
    assert set(Person.objects.alike(c)) == {a, b, c, d}
    assert set(Person.objects.roots()) == {a}


def test_the_row_with_an_account_stands_for_the_others():
    a, b = someone(("email", MAIL, True)), someone(("email", MAIL, True), user=account(MAIL))
    look(a)
    a.refresh_from_db()
    assert (a.root_id, b.root_id) == (b.pk, b.pk)


def test_when_the_account_goes_another_row_stands_for_them():
    user = account(MAIL)
    a, b, c = (someone(("email", MAIL, True), user=owner) for owner in (None, user, None))
    look(a)
    user.delete()
    a, b, c = Person.objects.order_by("pk")
    assert (a.merged_into_id, b.merged_into_id, c.merged_into_id) == (None, a.pk, a.pk)


def test_when_the_row_goes_that_joined_others_they_are_parted():
    a = someone(("email", MAIL, True))
    b = someone(("email", MAIL, True), ("phone", "+628", True))
    c, d = someone(("phone", "+628", True)), someone(("phone", "+628", True))
    look(a, d)
    assert humans(a, b, c, d) == [[0, 1, 2, 3]]
    b.delete()
    assert humans(a, c, d) == [[0], [1, 2]]


def test_proving_joins_at_once_and_says_when_and_how():
    a, b = someone(("email", MAIL, True)), someone(("email", MAIL, False))
    look(a)
    told = b.identifiers.get()
    with transaction.atomic():
        assert verify(identifier_ids=[told.pk], proof=Identifier.Proof.CODE) == 1
    told.refresh_from_db()
    assert (told.proof, told.verified_at is not None) == ("code", True)
    assert (state(), humans(a, b)) == ([("email", "merged")], [[0, 1]])
    with transaction.atomic():
        assert verify(identifier_ids=[told.pk], proof=Identifier.Proof.STAFF) == 0
    before = told.verified_at
    told.refresh_from_db()
    assert (told.proof, told.verified_at) == ("code", before)


def test_whose_root_is_another_is_told_once():
    told = []

    def listen(person_ids, **_):
        told.append(person_ids)

    persons_merged.connect(listen)
    try:
        a, b = someone(("email", MAIL, True)), someone(("email", MAIL, True))
        look(a)
        look(a, b)
    finally:
        persons_merged.disconnect(listen)
    assert told == [[b.pk]]


def test_it_is_part_of_a_transaction():
    with pytest.raises(OutsideTransaction):
        _outside(resolve)


def _outside(use_case):
    was, connection.in_atomic_block = connection.in_atomic_block, False
    try:
        use_case(person_ids=[1])
    finally:
        connection.in_atomic_block = was


def test_how_many_are_resolved_makes_no_more_statements():
    def statements(count):
        persons = [someone(("email", f"{count}-{n // 2}@example.com", True)) for n in range(count)]
        with CaptureQueriesContext(connection) as asked:
            look(*persons)
        assert len(humans(*persons)) == count // 2
        return len(asked)

    assert statements(4) == statements(60)


def test_a_long_chain_is_one_human():
    chain = [someone(("email", f"{n}@example.com", True), ("email", f"{n + 1}@example.com", True)) for n in range(40)]
    look(*chain)
    assert len(humans(*chain)) == 1


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_everybody_is_resolved_slice_by_slice_as_all_at_once(size):
    persons = [
        someone(("email", f"{n % 5}@example.com", n % 3 > 0), ("loyalty", f"L-{n % 4}", n % 2 > 0)) for n in range(12)
    ]
    resolve_everyone(size=size)
    in_slices, matches = humans(*persons), sorted(Match.objects.values_list("left", "right", "because", "state"))
    Match.objects.all().delete()
    Person.objects.update(merged_into=None)
    look(*persons)
    assert humans(*persons) == in_slices
    assert sorted(Match.objects.values_list("left", "right", "because", "state")) == matches


def test_nobody_is_resolved_where_there_is_nobody():
    resolve_everyone()
    assert state() == []


def test_the_database_keeps_a_row_from_being_merged_into_itself():
    person = someone()
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(merged_into=person.pk)


def test_the_database_keeps_a_pair_in_order_and_once():
    a, b = someone(), someone()
    answered = {"because": "email", "state": "suggested"}
    Match.objects.create(left=a, right=b, **answered)
    for pair in ({"left": b, "right": a}, {"left": a, "right": b}, {"left": a, "right": a}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Match.objects.create(**pair, **answered)


# An event is (who, kind, value) told, or its proof; whoever it concerns is looked at after each.
TOLD = st.tuples(
    st.integers(0, 5), st.sampled_from(["email", "phone", "loyalty", "till"]), st.sampled_from("abc"), st.booleans()
)


class AnyOrder(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(st.lists(TOLD, max_size=14, unique_by=lambda told: told[:3]).flatmap(
        lambda events: st.tuples(st.just(events), st.permutations(events))
    ))  # fmt: skip
    def test_any_order_of_the_same_identifiers_makes_the_same_persons(self, orders):
        events, shuffled = orders
        proofs = [told for told in events if told[3]]
        one = self.told(events, proofs)
        other = self.told(shuffled, list(reversed(proofs)))
        assert one == other == self.expected(events)

    def told(self, events, proofs):
        """The humans after every identifier was told, then proved, one by one."""
        with transaction.atomic():
            persons = [someone() for _ in range(6)]
            for who, kind, value, _ in events:
                point(persons[who], kind, value)
                look(persons[who])
            for who, kind, value, _ in proofs:
                identifier = Identifier.objects.get(person=persons[who], kind=kind, value=value)
                verify(identifier_ids=[identifier.pk], proof=Identifier.Proof.LINK)
            found = humans(*persons)
            transaction.set_rollback(True)
        return found

    def expected(self, events):
        """By hand: whoever proved the same thing, as long as anybody is joined by it."""
        groups = [{n} for n in range(6)]
        for who, kind, value, proved in events:
            for other, *same, other_proved in events:
                if proved and other_proved and same == [kind, value] and kind != "till":
                    joined = next(g for g in groups if who in g) | next(g for g in groups if other in g)
                    groups = [g for g in groups if not g & joined] + [joined]
        return sorted(map(sorted, groups))
