"""What staff say of two rows: merged by hand, undone to exactly what was before, and never again by itself."""

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from omni_sync.people.exceptions import AnsweredBefore, SamePerson
from omni_sync.people.merge import dismiss, merge, take_out, undo
from omni_sync.people.models import Match, Person
from omni_sync.people.resolve import resolve_everyone
from omni_sync.people.signals import persons_merged, persons_parted
from tests.omni_sync.people.conftest import account, humans, look, someone

pytestmark = pytest.mark.django_db
MAIL = ("email", "sari@example.com", True)
MAYBE = ("email", "sari@example.com", False)


@pytest.fixture
def told():
    """What was told: (signal, persons)."""
    heard = []

    def merged(person_ids, **_):
        heard.append(("merged", sorted(person_ids)))

    def parted(person_ids, **_):
        heard.append(("parted", sorted(person_ids)))

    persons_merged.connect(merged)
    persons_parted.connect(parted)
    yield heard
    persons_merged.disconnect(merged)
    persons_parted.disconnect(parted)


def rows():
    """Everything that is known of persons, as it is in the database."""
    return list(Person.objects.order_by("pk").values())


def test_by_hand_two_rows_are_one_human_and_undone_they_are_what_they_were(rani, told):
    a, b = someone(name="Sari"), someone(name="Sari L.")
    before = rows()
    match = merge(person_ids=(b.pk, a.pk), by=rani)
    assert (match.because, match.state, match.answered_by) == ("hand", "merged", rani)
    assert humans(a, b) == [[0, 1]]
    undo(match_id=match.pk, by=rani)
    assert rows() == before
    assert told == [("merged", [b.pk]), ("parted", [b.pk])]


def test_merging_again_has_no_effect(rani, told):
    a, b = someone(), someone()
    first = merge(person_ids=(a.pk, b.pk), by=rani)
    again = merge(person_ids=(b.pk, a.pk), by=account("made@langkah.example"))
    assert (again.pk, again.answered_at, again.answered_by) == (first.pk, first.answered_at, rani)
    assert len(told) == 1


def test_a_row_is_not_merged_with_itself(rani):
    a = someone()
    with pytest.raises(SamePerson):
        merge(person_ids=(a.pk, a.pk), by=rani)


def test_a_suggestion_becomes_a_merge_and_keeps_its_reason(rani):
    a, b = someone(MAYBE), someone(MAYBE)
    look(a)
    match = merge(person_ids=(a.pk, b.pk), by=rani)
    assert (match.because, match.state, match.answered_by) == ("email", "merged", rani)


def test_what_was_undone_is_never_merged_again_but_by_hand(rani):
    a, b = someone(MAIL), someone(MAIL)
    look(a)
    undo(match_id=Match.objects.get().pk, by=rani)
    look(a, b)
    resolve_everyone()
    assert (Match.objects.get().state, humans(a, b)) == ("undone", [[0], [1]])
    merge(person_ids=(a.pk, b.pk), by=rani)
    assert humans(a, b) == [[0, 1]]


def test_what_was_dismissed_is_never_suggested_again_nor_merged_when_it_is_proved(rani):
    a, b = someone(MAYBE), someone(MAYBE)
    look(a)
    assert Match.objects.open().count() == 1
    dismiss(match_id=Match.objects.get().pk, by=rani)
    for person in (a, b):
        person.identifiers.update(verified_at=person.created_at, proof="link")
    look(a, b)
    assert (Match.objects.get().state, humans(a, b)) == ("dismissed", [[0], [1]])


def test_an_answer_is_given_once(rani):
    look(*(someone(MAYBE) for _ in range(2)))
    match = Match.objects.get()
    dismiss(match_id=match.pk, by=rani)
    for answer in (dismiss, undo):
        with pytest.raises(AnsweredBefore) as refused:
            answer(match_id=match.pk, by=rani)
        assert refused.value.state == "dismissed"


def test_undoing_one_of_three_matches_parts_nobody_and_taking_one_out_does(rani, told):
    a, b, c = someone(MAIL), someone(MAIL), someone(MAIL)
    look(a, b, c)
    told.clear()
    undo(match_id=Match.objects.get(left=a, right=b).pk, by=rani)
    assert (humans(a, b, c), told) == ([[0, 1, 2]], [])
    assert take_out(person_id=b.pk, by=rani) == 1
    assert (humans(a, b, c), told) == ([[0, 2], [1]], [("parted", [b.pk])])


def test_the_root_that_is_taken_out_leaves_the_others_together(rani):
    a, b, c = someone(MAIL), someone(MAIL), someone(MAIL)
    look(a, b, c)
    take_out(person_id=a.pk, by=rani)
    assert humans(a, b, c) == [[0], [1, 2]]


def test_a_suggestion_between_rows_that_are_one_human_already_is_not_open(rani):
    a, b = someone(MAYBE), someone(MAYBE)
    look(a)
    c = someone()
    merge(person_ids=(a.pk, c.pk), by=rani)
    assert Match.objects.open().count() == 1
    merge(person_ids=(b.pk, c.pk), by=rani)
    assert Match.objects.open().count() == 0
    assert Match.objects.get(left=a, right=b).state == "suggested"


PAIRS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda pair: pair[0] != pair[1]), max_size=10)


class AnyHand(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(PAIRS, st.data())
    def test_merging_and_undoing_in_any_order_restores_exactly(self, pairs, data):
        with transaction.atomic():
            rani = account("any@langkah.example")
            user = account("shopper@example.com")
            persons = [someone(user=user if n == 3 else None) for n in range(7)]
            before = rows()
            made = {merge(person_ids=(persons[a].pk, persons[b].pk), by=rani).pk for a, b in pairs}
            merged = humans(*persons)
            assert merged == joined(pairs)
            assert all(row.root_id == persons[3].pk for row in Person.objects.alike(persons[3]).iterator())
            for match in data.draw(st.permutations(sorted(made))):
                undo(match_id=match, by=rani)
            assert rows() == before
            transaction.set_rollback(True)


def joined(pairs):
    groups = [{n} for n in range(7)]
    for a, b in pairs:
        one = next(g for g in groups if a in g) | next(g for g in groups if b in g)
        groups = [g for g in groups if not g & one] + [one]
    return sorted(map(sorted, groups))
