"""Between the decision and its channel's turn somebody may have said no, bought it or moved, or night has fallen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from omni_sync.messages.channels.registry import channel_of, is_open
from omni_sync.messages.journeys.models import FollowUp, OpenOffer
from omni_sync.messages.journeys.still import gone_or_unknown
from omni_sync.messages.journeys.verdict import TOO_LATE
from omni_sync.messages.models import Message, Purpose
from omni_sync.messages.preferences.preferred import preferred_of
from omni_sync.people.models import Consent, Person
from omni_sync.people.standing import granted_to
from omni_sync.transactions import inside_transaction

Why = FollowUp.Why
Agreed = Mapping[int, Mapping[str, Consent]]
#: What somebody else is busy with is looked at again after so long.
BUSY: Final = timedelta(seconds=10)
#: What can't be looked at, because something is broken, is asked again after so long, and is late in the end.
UNKNOWN: Final = timedelta(minutes=10)


@inside_transaction
def last_look(messages: Sequence[Message]) -> list[Message]:
    """Those of these messages, which whoever calls has locked, that go now.

    What may not go any more is stopped; what would come in its reader's quiet hours waits until they are over. What was
    decided for an address that is theirs no more goes where they are reached now.
    """
    now = timezone.now()
    rows = FollowUp.objects.filter(message__in=messages).select_related("journey") if messages else ()
    followed = {one.message_id: one for one in rows}
    looked = [one for one in messages if one.purpose == Purpose.MARKETING or one.pk in followed]
    if not looked:
        return list(messages)
    roots = _roots([one.person_id for one in looked if one.person_id])
    gone, unknown = gone_or_unknown(followed.values())
    stopped = _not_any_more(looked, followed, roots, gone, now)
    stopped |= _readdressed([one for one in looked if one.pk in followed and one.pk not in stopped], roots)
    _stop(stopped)
    left = [one for one in looked if one.pk in followed and one.pk not in stopped]
    quiet = _quiet(left, roots, now)
    _wait(quiet, followed)
    asked_later = [one.pk for one in left if one.pk not in quiet and followed[one.pk].pk in unknown]
    Message.objects.filter(pk__in=asked_later).update(next_try_at=now + UNKNOWN)
    return [one for one in messages if one.pk not in stopped and one.pk not in quiet and one.pk not in asked_later]


def _not_any_more(
    messages: Sequence[Message],
    followed: Mapping[int | None, FollowUp],
    roots: Mapping[int, int],
    gone: Collection[int],
    now: datetime,
) -> dict[int, Why]:
    asked = {roots.get(one.person_id or 0, 0) for one in messages if one.purpose == Purpose.MARKETING}
    agreed = granted_to(sorted(asked), purpose=Purpose.MARKETING)
    found = {}
    for message in messages:
        root = roots.get(message.person_id or 0, 0)
        is_allowed = message.purpose != Purpose.MARKETING or message.channel in agreed.get(root, {})
        found[message.pk] = _why(followed.get(message.pk), gone, now) if is_allowed else Why.CONSENT
    return {pk: why for pk, why in found.items() if why is not None}


def _why(follow_up: FollowUp | None, gone: Collection[int], now: datetime) -> Why | None:
    if follow_up is None:
        return None
    if follow_up.is_off:
        return Why.OFF
    if follow_up.pk in gone:
        return Why.GONE
    return Why.LATE if now - follow_up.due_at > TOO_LATE else None


def _readdressed(messages: Sequence[Message], roots: Mapping[int, int]) -> dict[int, Why]:
    """Let each go where its reader is reached now; which have nowhere to go. A channel that is closed says nothing."""
    nowhere = {}
    for channel, purpose in {(one.channel, one.purpose) for one in messages if is_open(one.channel)}:
        these = [one for one in messages if (one.channel, one.purpose) == (channel, purpose)]
        readers = sorted({roots[who] for one in these if (who := one.person_id or 0) in roots})
        theirs = channel_of(channel).addresses(readers, is_marketing=purpose == Purpose.MARKETING)
        for message in these:
            to = theirs.get(roots.get(message.person_id or 0, 0))
            if to is None:
                nowhere[message.pk] = Why.ADDRESS
            elif to != message.to:
                message.to = to
                message.save(update_fields=["to"])
    return nowhere


def _quiet(messages: Sequence[Message], roots: Mapping[int, int], now: datetime) -> dict[int, datetime]:
    """Until when, by their readers' clocks."""
    readers = {one.pk: roots[who] for one in messages if (who := one.person_id or 0) in roots}
    preferred = preferred_of(sorted(set(readers.values())))
    until = {pk: preferred[root].quiet_until_after(now) for pk, root in readers.items()}
    return {pk: preferred[readers[pk]].on_the_wall(at) for pk, at in until.items() if at is not None}


def _roots(person_ids: Sequence[int]) -> dict[int, int]:
    rows = Person.objects.filter(pk__in=person_ids).values_list("pk", "merged_into")
    return {pk: root or pk for pk, root in rows}


def _stop(stopped: Mapping[int, Why]) -> None:
    own = _own(stopped)
    for why in {stopped[pk] for pk in own}:
        these = [pk for pk in own if stopped[pk] == why]
        Message.objects.filter(pk__in=these).update(state=Message.State.STOPPED, failure=why)
        FollowUp.objects.filter(message__in=these).update(
            state=FollowUp.State.STOPPED, why=why, decided_at=timezone.now()
        )
        OpenOffer.objects.filter(follow_up__message__in=these, ended_at=None).update(ended_at=timezone.now())


def _wait(quiet: Mapping[int, datetime], followed: Mapping[int | None, FollowUp]) -> None:
    """Its reader can read for how long: that is kept with the reason."""
    own = _own(quiet)
    for at in {quiet[pk] for pk in own}:
        Message.objects.filter(pk__in=[pk for pk in own if quiet[pk] == at]).update(next_try_at=at)
    for pk in own:
        followed[pk].said["quiet_until"] = quiet[pk].isoformat()
    FollowUp.objects.bulk_update([followed[pk] for pk in own], ["said"])


def _own(message_ids: Collection[int]) -> list[int]:
    """Those of these messages whose follow-ups are ours now; the others are looked at again soon.

    Whoever forgets somebody takes the follow-ups first and then the messages. Were they waited for here, where the
    messages are locked already, each would wait for the other.
    """
    if not message_ids:
        return []
    follow_ups = FollowUp.objects.filter(message__in=message_ids)
    every = set(follow_ups.values_list("message", flat=True))
    busy = every - set(follow_ups.order_by("pk").select_for_update(skip_locked=True).values_list("message", flat=True))
    if busy:
        Message.objects.filter(pk__in=busy).update(next_try_at=timezone.now() + BUSY)
    return [pk for pk in message_ids if pk not in busy]
