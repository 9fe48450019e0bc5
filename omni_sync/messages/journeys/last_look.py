"""Between the decision and its channel's turn somebody may have said no, or bought the thing."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from omni_sync.messages.journeys.models import FollowUp
from omni_sync.messages.journeys.still import gone_of
from omni_sync.messages.models import Message, Purpose
from omni_sync.people.models import Person
from omni_sync.people.standing import granted_to
from omni_sync.transactions import inside_transaction

Why = FollowUp.Why


@inside_transaction
def last_look(messages: Sequence[Message]) -> dict[int, Why]:
    """Stop those of these messages that may not go any more; why, by primary key."""
    if not messages:
        return {}
    roots = _roots([message.person_id for message in messages if message.person_id])
    agreed = granted_to(sorted(set(roots.values())), purpose=Purpose.MARKETING)
    follow_ups = FollowUp.objects.filter(message__in=messages).select_related("journey")
    gone_follow_ups = gone_of(follow_ups)
    gone = {one.message_id for one in follow_ups if one.pk in gone_follow_ups}
    stopped: dict[int, Why] = {}
    for message in messages:
        root = roots.get(message.person_id or 0)
        if root is None or message.channel not in agreed.get(root, {}):
            stopped[message.pk] = Why.CONSENT
        elif message.pk in gone:
            stopped[message.pk] = Why.GONE
    _stop(stopped)
    return stopped


def _roots(person_ids: Sequence[int]) -> dict[int, int]:
    rows = Person.objects.filter(pk__in=person_ids).values_list("pk", "merged_into")
    return {pk: root or pk for pk, root in rows}


def _stop(stopped: dict[int, Why]) -> None:
    for why in set(stopped.values()):
        these = [pk for pk, said in stopped.items() if said == why]
        Message.objects.filter(pk__in=these).update(state=Message.State.STOPPED, failure=why)
        FollowUp.objects.filter(message__in=these).update(
            state=FollowUp.State.STOPPED, why=why, decided_at=timezone.now()
        )
