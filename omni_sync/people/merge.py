"""What a member of staff says about two rows of persons: one human, or two."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q
from django.utils import timezone

from omni_sync.people.components import settle
from omni_sync.people.exceptions import AnsweredBefore, SamePerson
from omni_sync.people.models import Match, Person
from omni_sync.people.signals import persons_merged, persons_parted
from omni_sync.people.turns import take_turn
from omni_sync.transactions import inside_transaction

State = Match.State


@inside_transaction
def merge(*, person_ids: tuple[int, int], by: AbstractBaseUser) -> Match:
    """The two rows are one human, whatever was said before. Said again, it has no effect. Raises SamePerson."""
    left, right = sorted(person_ids)
    if left == right:
        raise SamePerson(left)
    take_turn()
    answer = {"state": State.MERGED, **_answered(by)}
    match, is_new = Match.objects.get_or_create(
        left_id=left, right_id=right, defaults={**answer, "because": Match.Because.HAND}
    )
    if is_new or match.state != State.MERGED:
        _answer(match, answer)
        _tell(persons_merged, settle([left, right]))
    return match


@inside_transaction
def undo(*, match_id: int, by: AbstractBaseUser) -> Match:
    """The two rows are not one human by this match, and never will be again by themselves.

    They stay together while others join them; ``take_out`` parts for certain. Raises AnsweredBefore.
    """
    take_turn()
    match = _in_state(match_id, State.MERGED)
    _answer(match, {"state": State.UNDONE, **_answered(by)})
    _tell(persons_parted, settle([match.left_id, match.right_id]))
    return match


@inside_transaction
def take_out(*, person_id: int, by: AbstractBaseUser) -> int:
    """The row is a human of its own: every match that joins it is undone; how many."""
    take_turn()
    mine = Match.objects.filter(Q(left=person_id) | Q(right=person_id), state=State.MERGED)
    pairs = list(mine.values_list("left_id", "right_id"))
    mine.update(state=State.UNDONE, **_answered(by))
    _tell(persons_parted, settle(_everyone(pairs)))
    return len(pairs)


@inside_transaction
def dismiss(*, match_id: int, by: AbstractBaseUser) -> Match:
    """The two rows are two humans: never suggested again. Raises AnsweredBefore."""
    take_turn()
    match = _in_state(match_id, State.SUGGESTED)
    _answer(match, {"state": State.DISMISSED, **_answered(by)})
    return match


def _in_state(match_id: int, state: Match.State) -> Match:
    match = Match.objects.get(pk=match_id)
    if match.state != state:
        raise AnsweredBefore(match_id, match.state)
    return match


def _answer(match: Match, answer: dict[str, Any]) -> None:
    for name, value in answer.items():
        setattr(match, name, value)
    match.save(update_fields=list(answer))


def _answered(by: AbstractBaseUser) -> dict[str, Any]:
    return {"answered_at": timezone.now(), "answered_by": by}


def _everyone(pairs: Collection[tuple[int, int]]) -> list[int]:
    return sorted({person for pair in pairs for person in pair})


def _tell(signal: Any, changed: Sequence[int]) -> None:
    if changed:
        signal.send(sender=Person, person_ids=list(changed))
