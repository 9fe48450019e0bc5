"""What providers tell of messages: in any order, as often as they like, and sometimes before we know the message."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog
from django.db import transaction
from django.utils import timezone

from omni_sync.messages.models import Message
from omni_sync.messages.status.models import StatusNotice
from omni_sync.messages.status.undeliverable import give_up, take_back
from omni_sync.messages.status.withdraw import withdraw

log = structlog.get_logger(__name__)

Status = Message.Status
#: A message is where the furthest of all it was told says: what came back did not arrive, whatever else was said.
RANKS: Final = ("", *Status.values)
#: What is said of a message that came back because nothing reaches its address.
FOR_GOOD: Final = "its address takes nothing any more"
#: A notice of a message that we never sent is dropped after so long.
KEPT: Final = timedelta(hours=1)
LONGEST: Final = 160


@dataclass(frozen=True, slots=True)
class Told:
    """One notice, in our words."""

    channel: str
    provider_id: str
    status: Status
    at: datetime
    is_for_good: bool = False


def note_status(*, told: Sequence[Told]) -> None:
    """Keep what was told, and settle what is of messages that we know. Said again, in whatever order, it is the same.

    Written down first and looked at after, on both sides: whichever of notice and record comes second finds the other.
    """
    fine = [one for one in told if one.provider_id and "\x00" not in one.provider_id]
    key = ["provider_id", "channel", "status"]
    last_word = _notices(one for one in fine if one.is_for_good)
    StatusNotice.objects.bulk_create(last_word, update_conflicts=True, unique_fields=key, update_fields=["is_for_good"])
    StatusNotice.objects.bulk_create(_notices(one for one in fine if not one.is_for_good), ignore_conflicts=True)
    settle_notices([one.provider_id[:LONGEST] for one in fine])


def _notices(told: Iterable[Told]) -> list[StatusNotice]:
    """Each once, in one order for everybody."""
    now = timezone.now()
    each = {(one.provider_id[:LONGEST], one.channel, one.status): one for one in told}
    return [
        StatusNotice(
            provider_id=number, channel=channel, status=status, at=min(one.at, now), is_for_good=one.is_for_good
        )
        for (number, channel, status), one in sorted(each.items(), key=lambda item: item[0])
    ]


def settle_notices(provider_ids: Iterable[str]) -> int:
    """Let the notices of these messages count; how many did."""
    wanted = sorted({one for one in provider_ids if one})
    if not wanted or not StatusNotice.objects.filter(provider_id__in=wanted).exists():
        return 0
    with transaction.atomic():
        notices = StatusNotice.objects.filter(provider_id__in=wanted).order_by("pk").select_for_update()
        messages = {
            (one.provider_id, one.channel): one
            for one in Message.objects.filter(provider_id__in=wanted).order_by("pk").select_for_update(no_key=True)
        }
        settled = [(one, found) for one in notices if (found := messages.get((one.provider_id, one.channel)))]
        for notice, message in settled:
            _count(notice, message)
        StatusNotice.objects.filter(pk__in=[notice.pk for notice, _ in settled]).delete()
    return len(settled)


def forget_notices() -> int:
    """Drop notices of messages that are not ours; how many."""
    return StatusNotice.objects.filter(heard_at__lt=timezone.now() - KEPT).delete()[0]


def _count(notice: StatusNotice, message: Message) -> None:
    lower, same = RANKS[: RANKS.index(notice.status)], Message.objects.filter(pk=message.pk)
    is_news = same.filter(status__in=lower).update(status=notice.status, status_at=notice.at)
    if notice.is_for_good and same.filter(status=Status.BOUNCED).exclude(failure=FOR_GOOD).update(failure=FOR_GOOD):
        give_up(channel=message.channel, addresses=[message.to], at=notice.at)
    if not is_news:
        return
    log.info("message has a status", message=message.pk, channel=message.channel, status=notice.status)
    if notice.status == Status.COMPLAINED:
        withdraw(
            channel=message.channel, address=message.to, person_id=message.person_id, at=notice.at,
            language=message.language, proof=f"complained of {message.provider_id}",
        )  # fmt: skip
    elif notice.status != Status.BOUNCED:
        take_back(channel=message.channel, address=message.to, at=notice.at)
