"""Goods of a pickup are not there just now: its shopper is asked whether they wait for them or want the money back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from instore.pickup.exceptions import AlreadyAsked, NothingMissing, QuestionOver, WrongState
from instore.pickup.models import UNPACKED, Answer, Pickup, PickupLine, ShortReason, State
from instore.pickup.moves import By, take_turn
from instore.pickup.pick import line_of, settle_short
from instore.pickup.signals import pickup_answered, pickup_asked


def ask(*, pickup_id: int, line: int) -> PickupLine:
    """Ask the shopper of what is missing of the line; who said that they wait may be asked again.

    Nothing is let go of meanwhile. Raises WrongState once the bag is packed, UnknownLine, LineSettled where the line
    was marked short, NothingMissing or AlreadyAsked.
    """
    with transaction.atomic():
        pickup = _unpacked(take_turn(pickup_id))
        row = line_of(pickup, line)
        if row.is_settled:
            raise NothingMissing(line)
        if row.is_asked:
            raise AlreadyAsked(line)
        row.asked_at, row.answered_at, row.answer = timezone.now(), None, ""
        row.save(update_fields=["asked_at", "answered_at", "answer"])
        pickup_asked.send(sender=Pickup, pickup=pickup, line=row)
    return row


def answer(*, pickup_id: int, line: int, said: Answer, by: By) -> PickupLine:
    """What the shopper said, once: to WAIT keeps the promise, REFUND settles the line with what is in the bag so far.

    Raises WrongState once the bag is packed, UnknownLine, LineSettled where the line was marked short, or QuestionOver.
    """
    with transaction.atomic():
        pickup = _unpacked(take_turn(pickup_id, with_goods=said == Answer.REFUND))
        row = line_of(pickup, line)
        now = timezone.now()
        if not PickupLine.objects.in_question().filter(pk=row.pk, answer="").update(answer=said, answered_at=now):
            raise QuestionOver(line)
        row.answer, row.answered_at = said.value, now
        if said == Answer.REFUND:
            settle_short(pickup=pickup, row=row, found=row.picked, reason=ShortReason.NOT_WAITED, by=by)
        pickup_answered.send(sender=Pickup, pickup=pickup, line=row)
    return row


def _unpacked(pickup: Pickup) -> Pickup:
    if pickup.state not in UNPACKED:
        raise WrongState(pickup.state, State.PICKING.value)
    return pickup
