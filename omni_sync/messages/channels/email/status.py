"""What a mail provider tells of letters, in the words that django-anymail gives all of them."""

from __future__ import annotations

from typing import Any, Final

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone

from omni_sync.messages.models import Channel, Message
from omni_sync.messages.status.note import Told, note_status
from omni_sync.messages.status.withdraw import withdraw

Status = Message.Status
MEANS: Final = {
    EventType.DELIVERED: Status.DELIVERED,
    EventType.OPENED: Status.READ,
    EventType.CLICKED: Status.READ,
    EventType.BOUNCED: Status.BOUNCED,
    EventType.REJECTED: Status.BOUNCED,
    EventType.FAILED: Status.BOUNCED,
    EventType.COMPLAINED: Status.COMPLAINED,
}
#: The address itself is wrong; anything else may be otherwise tomorrow.
FOR_GOOD: Final = {RejectReason.INVALID, RejectReason.BOUNCED}
#: Somebody said no to the provider.
NO: Final = {EventType.UNSUBSCRIBED, EventType.COMPLAINED}
#: Why a provider takes a letter no more: it remembers a no that we were not told. A letter that came back for such a
#: reason was stopped by a filter, and nobody said anything.
REMEMBERED: Final = {RejectReason.SPAM, RejectReason.UNSUBSCRIBED}


@receiver(tracking, dispatch_uid="lintas.messages.mail")
def note(sender: Any, event: AnymailTrackingEvent, esp_name: str, **_: Any) -> None:
    """Write it down; the door, which is anymail's, has looked at who told it."""
    at = event.timestamp or timezone.now()
    is_remembered = event.event_type == EventType.REJECTED and event.reject_reason in REMEMBERED
    if event.event_type in NO or is_remembered:
        _no_more(event, esp_name)
    status = MEANS.get(event.event_type)
    if status is None or not event.message_id:
        return
    is_for_good = status == Status.BOUNCED and event.reject_reason in FOR_GOOD
    note_status(told=[Told(Channel.EMAIL, str(event.message_id), status, at, is_for_good)])


def _no_more(event: AnymailTrackingEvent, esp_name: str) -> None:
    with transaction.atomic():
        withdraw(
            channel=Channel.EMAIL,
            address=event.recipient or "",
            at=event.timestamp or timezone.now(),
            proof=f"{esp_name}: {event.event_type} {event.message_id or ''}".strip(),
        )
