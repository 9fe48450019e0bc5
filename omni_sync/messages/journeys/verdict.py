"""Whether one follow-up goes out, by which channel, and why: no query, no writing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from omni_sync.messages.journeys.known import Known
from omni_sync.messages.journeys.models import FollowUp, Step

Why = FollowUp.Why
#: What was due so long ago, for whatever reason it had to wait, is not said any more.
TOO_LATE: Final = timedelta(days=3)
GROUPS: Final = 100


@dataclass(frozen=True, slots=True)
class Verdict:
    """It goes by ``channel`` to ``to``; or it waits until ``wait``; or it does not go, for ``why``."""

    why: Why | None = None
    wait: datetime | None = None
    channel: str = ""
    to: str = ""
    said: dict[str, Any] = field(default_factory=dict)


def is_held_out(journey_id: int, root: int, percent: int) -> bool:
    """Whether this human is in the group of this journey that hears nothing: always the same ones."""
    number = hashlib.sha256(f"{journey_id}:{root}".encode()).digest()
    return int.from_bytes(number[:4]) % GROUPS < percent


def verdict_on(
    follow_up: FollowUp, root: int, *, step: Step | None, is_marketing: bool, is_gone: bool, known: Known, now: datetime
) -> Verdict:
    """In this order: is it still so, may we, can we, is it a good hour, have they heard enough, are they compared."""
    why = _old_news(follow_up, step, is_gone, now)
    if step is None or why is not None:
        return Verdict(why)
    agreed = known.agreed.get(root, {})
    allowed = [name for name in step.channels if not is_marketing or name in agreed]
    way = next((name for name in allowed if root in known.addresses[name, is_marketing]), None)
    if way is None:
        return Verdict(Why.ADDRESS if allowed else Why.CONSENT, said={"asked": allowed or step.channels})
    quiet = known.preferred[root].quiet_until_after(now)
    if quiet is not None:
        return Verdict(wait=quiet, said={"quiet_until": known.preferred[root].on_the_wall(quiet).isoformat()})
    said: dict[str, Any] = {"channel": way}
    if is_marketing:
        said |= {"consent": agreed[way].pk, "cap": [known.cap.used[root], known.cap.most]}
        if known.cap.is_reached(root):
            return Verdict(Why.CAP, said=said)
    if is_held_out(follow_up.journey_id, root, follow_up.journey.hold_out):
        return Verdict(Why.HELD_OUT, said=said)
    return Verdict(channel=way, to=known.addresses[way, is_marketing][root], said=said)


def _old_news(follow_up: FollowUp, step: Step | None, is_gone: bool, now: datetime) -> Why | None:
    if step is None or not follow_up.journey.is_on:
        return Why.OFF
    if is_gone:
        return Why.GONE
    return Why.LATE if now - follow_up.due_at > TOO_LATE else None
