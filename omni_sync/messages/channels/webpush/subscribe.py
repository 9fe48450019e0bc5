"""Notifications on a device: asked for with a tap, ended with a tap."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from omni_sync.messages.channels.webpush.channel import MOST_DEVICES
from omni_sync.messages.channels.webpush.models import PushSubscription
from omni_sync.messages.channels.webpush.subscription import Subscription, endpoint_hash
from omni_sync.messages.models import Channel, Purpose
from omni_sync.people.consent import answer
from omni_sync.people.models import Consent, Person
from omni_sync.people.standing import may
from omni_sync.transactions import inside_transaction

SOURCE: Final = "web"


@inside_transaction
def subscribe(*, person: Person, subscription: Subscription, device: str, language: str) -> None:
    """Let this device show notifications, and note that its owner, who read our wording, wants them.

    A device that was somebody else's is theirs no more; beyond ten the oldest goes. Raises BadSubscription.
    """
    subscription.check()
    PushSubscription.objects.update_or_create(
        endpoint_hash=endpoint_hash(subscription.endpoint),
        defaults={"person": person, "sealed": subscription.sealed, "device": device[:60]},
    )
    theirs = devices_of(person)
    PushSubscription.objects.filter(pk__in=[row.pk for row in theirs[MOST_DEVICES:]]).delete()
    _say(person, Consent.State.GRANTED, language)


@inside_transaction
def unsubscribe(*, person: Person, device_id: int, language: str) -> bool:
    """No more on this device; the last one takes the consent along. False for one that is not theirs."""
    chosen = [row for row in devices_of(person) if row.pk == device_id]
    PushSubscription.objects.filter(pk__in=[row.pk for row in chosen]).delete()
    if chosen and not devices_of(person):
        _say(person, Consent.State.WITHDRAWN, language)
    return bool(chosen)


def devices_of(person: Person) -> list[PushSubscription]:
    """Those of the human, the newest first."""
    root = person.root_id
    theirs = PushSubscription.objects.filter(Q(person=root) | Q(person__merged_into=root))
    return list(theirs.order_by("-made_at", "-pk"))


def _say(person: Person, state: Consent.State, language: str) -> None:
    channel, purpose = Channel.PUSH, Purpose.MARKETING
    if may(person_id=person.pk, channel=channel, purpose=purpose) != (state == Consent.State.GRANTED):
        answer(person=person, channel=channel, purpose=purpose, state=state, language=language, source=SOURCE)
