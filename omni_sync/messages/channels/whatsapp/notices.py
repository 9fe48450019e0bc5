"""What Meta tells: of messages, and of what people wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.utils import timezone

from omni_sync.messages.channels.whatsapp.channel import FOR_GOOD, NO_MORE
from omni_sync.messages.models import Channel, Message
from omni_sync.messages.status.note import Told
from omni_sync.people.models import Identifier
from omni_sync.people.normal import normal

Status = Message.Status
MEANS: Final = {"delivered": Status.DELIVERED, "read": Status.READ, "failed": Status.BOUNCED}
SECOND: Final = timedelta(microseconds=999_999)
LATEST: Final = 4_102_444_800  # the year 2100


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody wrote to us."""

    address: str
    text: str
    at: datetime
    number: str


@dataclass(frozen=True, slots=True)
class Heard:
    """All that one notice has in it."""

    told: list[Told]
    said: list[Said]
    refused: list[Said]  # those who told Meta that they want no marketing of ours


def heard_in(body: bytes, *, phone_id: str) -> Heard:
    """What is about our number; what can't be read is left out. Raises ValueError where nothing can."""
    values = [value for value in _values(json.loads(body)) if _is_ours(value, phone_id)]
    told = [one for value in values for status in _rows(value, "statuses") if (one := _told(status))]
    refused = [no for value in values for status in _rows(value, "statuses") if (no := _refused(status))]
    said = [words for value in values for row in _rows(value, "messages") if (words := _said(row))]
    return Heard(told, said, refused)


def _values(told: Any) -> Iterator[Mapping[str, Any]]:
    for entry in _rows(told, "entry"):
        for change in _rows(entry, "changes"):
            if change.get("field") == "messages" and isinstance(change.get("value"), Mapping):
                yield change["value"]


def _rows(told: Any, name: str) -> list[Mapping[str, Any]]:
    rows = told.get(name) if isinstance(told, Mapping) else None
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _is_ours(value: Mapping[str, Any], phone_id: str) -> bool:
    metadata = value.get("metadata")
    return isinstance(metadata, Mapping) and str(metadata.get("phone_number_id")) == phone_id


def _told(row: Mapping[str, Any]) -> Told | None:
    status, number = MEANS.get(str(row.get("status"))), row.get("id")
    if status is None or not isinstance(number, str):
        return None
    is_for_good = status == Status.BOUNCED and bool(_codes(row) & FOR_GOOD)
    return Told(Channel.WHATSAPP, number, status, _at(row), is_for_good)


def _refused(row: Mapping[str, Any]) -> Said | None:
    if NO_MORE not in _codes(row):
        return None
    return Said(_phone(row.get("recipient_id")), "", _at(row), str(row.get("id"))[:160])


def _said(row: Mapping[str, Any]) -> Said | None:
    if not isinstance(row.get("from"), str):
        return None
    return Said(_phone(row["from"]), _words(row), _at(row), str(row.get("id"))[:160])


def _words(row: Mapping[str, Any]) -> str:
    """What was typed, or what stands on the button of a template that was tapped."""
    for kind, name in (("text", "body"), ("button", "text")):
        part = row.get(kind)
        if isinstance(part, Mapping) and isinstance(part.get(name), str):
            return str(part[name])
    return ""


def _codes(row: Mapping[str, Any]) -> set[int]:
    return {error["code"] for error in _rows(row, "errors") if isinstance(error.get("code"), int)}


def _phone(digits: Any) -> str:
    return normal(Identifier.Kind.PHONE, f"+{str(digits).removeprefix('+')}"[:32])


def _at(row: Mapping[str, Any]) -> datetime:
    """The end of the second they tell: whoever said yes in that second, and then no, said no."""
    said = str(row.get("timestamp", ""))
    seconds = int(said) if said.isascii() and said.isdigit() and len(said) < len(str(LATEST)) + 1 else LATEST
    now = timezone.now()
    return min(datetime.fromtimestamp(seconds, UTC) + SECOND, now) if seconds < LATEST else now
