"""What Twilio tells of an SMS."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl

from django.utils import timezone

from omni_sync.messages.channels.twilio.channel import FOR_GOOD
from omni_sync.messages.channels.twilio.signature import Fields
from omni_sync.messages.models import Channel, Message
from omni_sync.messages.status.note import Told

Status = Message.Status
MEANS: Final = {
    "delivered": Status.DELIVERED,
    "read": Status.READ,
    "undelivered": Status.BOUNCED,
    "failed": Status.BOUNCED,
}
MOST: Final = 200


def fields_of(body: bytes) -> Fields:
    """The form's fields. Raises ValueError where it is none."""
    return parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST, errors="strict")


def told_by(fields: Fields) -> Told | None:
    """The status in it; None for one on the way."""
    named = dict(fields)
    status = MEANS.get(named.get("MessageStatus", ""))
    number = named.get("MessageSid", "")
    if status is None or not number:
        return None
    code = named.get("ErrorCode", "")
    return Told(
        Channel.SMS, number, status, timezone.now(), code.isascii() and code.isdigit() and int(code) in FOR_GOOD
    )
