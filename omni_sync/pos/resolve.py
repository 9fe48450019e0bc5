"""A person's answers to what a till said and our books could not take (R6). Each is given once, by whoever is first."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import Any, Final

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from omni_sync.poke import poke
from omni_sync.pos.adapters.port import TillEvent
from omni_sync.pos.corrections import first_told, inherit_void, ledger_key, standing, take_back
from omni_sync.pos.models import Connection, InboxEvent, Lane
from omni_sync.pos.receive import AHEAD
from omni_sync.pos.renumber import NUMBER, renumbered
from omni_sync.stock.models import Movement

State, Resolution = InboxEvent.State, InboxEvent.Resolution
COUNT: Final = "stock.counted"
NATIVE: Final = {*NUMBER, "sale.voided"}
CORRECTABLE: Final = NUMBER.keys() - {"customer.upserted"}


class WhyNot(StrEnum):
    """Why one event can't take the place of another."""

    KIND = "kind"
    OTHER_KIND = "other_kind"
    NOTHING_BEFORE = "nothing_before"
    OTHER_COUNT = "other_count"
    HANDED_OVER = "handed_over"


class NotCorrectable(Exception):
    """This event can't take the place of what was said before."""

    def __init__(self, why: WhyNot) -> None:
        super().__init__(why)
        self.why = why


def ignore(*, event: InboxEvent, by: AbstractBaseUser) -> bool:
    """Put a conflict or a failed event aside; False when somebody answered it before.

    Told again it is a duplicate. Its number is free: other content under it is an ordinary event.
    """
    with transaction.atomic(durable=True):
        return _answer(event, by, Resolution.IGNORED, {State.CONFLICT, State.FAILED}, state=State.IGNORED)


def retry(*, event: InboxEvent, by: AbstractBaseUser) -> bool:
    """Let a failed event take its turn again, a hint its reading; False when it is not failed (any more)."""
    state = State.PENDING if event.type in NATIVE else State.HINT
    with transaction.atomic(durable=True):
        done = _answer(
            event, by, Resolution.RETRIED, {State.FAILED}, state=state, error="", attempts=0, not_before=None
        )
        if done:
            wake_a_worker(state)
    return done


def accept_as_new(*, event: InboxEvent, by: AbstractBaseUser) -> bool:
    """Let a conflict be a document of its own, under the first free number; False when somebody answered it before.

    Raises NoFreeName.
    """
    with transaction.atomic(durable=True):
        if not _answer(event, by, Resolution.NEW, {State.CONFLICT}, state=State.ACCEPTED):
            return False
        _one_at_a_time(event)
        _take_up(event, renumbered(event))
    return True


def accept_as_correction(*, event: InboxEvent, by: AbstractBaseUser) -> bool:
    """Let a conflict take the place of what it contradicts; False when somebody answered it before.

    What that moved is taken back at its own instant; if it was not applied yet it never will be. A count is not taken
    back: the new one wins the tie, for the goods it names. Raises NotCorrectable and NoFreeName.
    """
    with transaction.atomic(durable=True):
        if not _answer(event, by, Resolution.CORRECTION, {State.CONFLICT}, state=State.ACCEPTED):
            return False
        _one_at_a_time(event)
        first = first_told(event)
        if first is None:
            raise NotCorrectable(WhyNot.NOTHING_BEFORE)
        before = standing(first)
        _stop_lanes(first, before)
        before.refresh_from_db()
        _refuse_the_impossible(event, before)
        _take_place(event, before, by)
        after = before.event_id if event.type == COUNT else ""
        inherit_void(first=first, new=_take_up(event, renumbered(event, after=after), corrects=first))
    return True


def can_be_corrected(event: InboxEvent) -> bool:
    """Whether ``accept_as_correction`` would take this conflict."""
    first = first_told(event)
    try:
        if first is not None:
            _refuse_the_impossible(event, standing(first))
    except NotCorrectable:
        return False
    return first is not None


def _answer(event: InboxEvent, by: AbstractBaseUser, resolution: str, of: Collection[str], **change: Any) -> bool:
    mine = InboxEvent.objects.filter(pk=event.pk, state__in=of)
    return mine.update(resolution=resolution, resolved_by=by.pk, resolved_at=timezone.now(), **change) == 1


def _one_at_a_time(event: InboxEvent) -> None:
    """Two people who answer for one connection would find the same number free."""
    Connection.objects.select_for_update(no_key=True).get(pk=event.connection_id)


def _stop_lanes(*events: InboxEvent) -> None:
    """Wait for the workers that have the lanes of these events in hand; no other takes them before we commit."""
    lanes = Lane.objects.filter(connection=events[0].connection_id, store__in=[event.store_id for event in events])
    list(lanes.order_by("pk").select_for_update(no_key=True))


def _refuse_the_impossible(event: InboxEvent, before: InboxEvent) -> None:
    if event.type not in CORRECTABLE:
        raise NotCorrectable(WhyNot.KIND)
    if event.type != before.type:
        raise NotCorrectable(WhyNot.OTHER_KIND)
    if event.type == COUNT and (event.store_id, event.occurred_at) != (before.store_id, before.occurred_at):
        raise NotCorrectable(WhyNot.OTHER_COUNT)
    moved = Movement.objects.filter(source=before.connection.name, document=ledger_key(before))
    if moved.filter(kind=Movement.Kind.HAND_OVER).exists():
        raise NotCorrectable(WhyNot.HANDED_OVER)


def _take_place(event: InboxEvent, before: InboxEvent, by: AbstractBaseUser) -> None:
    """Undo ``before``, or keep it from being done. Its lane stands still."""
    if before.state != State.APPLIED:
        not_yet = {State.PENDING, State.WAITING, State.FAILED}
        _answer(before, by, Resolution.CORRECTION, not_yet, state=State.IGNORED)
    elif event.type != COUNT:
        take_back(before)


def _take_up(event: InboxEvent, form: TillEvent, *, corrects: InboxEvent | None = None) -> InboxEvent:
    """Put ``form`` into the lane as what ``event`` became."""
    ahead = event.type == COUNT and event.occurred_at > timezone.now() + AHEAD
    new = InboxEvent.objects.create(
        delivery_id=event.delivery_id,
        index=event.index,
        connection_id=event.connection_id,
        store_id=event.store_id,
        event_id=form.event_id,
        type=form.type,
        document=form.document,
        fingerprint=form.fingerprint,
        payload=form.payload,
        occurred_at=event.occurred_at,
        state=State.WAITING if ahead else State.PENDING,
        not_before=event.occurred_at if ahead else None,
        corrects=corrects,
    )
    InboxEvent.objects.filter(pk=event.pk).update(became=new)
    wake_a_worker(State.PENDING)
    return new


def wake_a_worker(state: str) -> None:
    """After commit, ask for whoever works off events of this state."""
    from omni_sync.pos.tasks import drain_inbox, fetch_hints

    task = fetch_hints if state == State.HINT else drain_inbox
    transaction.on_commit(lambda: poke(task), robust=True)
