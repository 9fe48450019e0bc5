"""Whether one follow-up could go out, by which channel, and why not: no query, no writing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from omni_sync.messages.journeys.known import Known
from omni_sync.messages.journeys.models import FollowUp, Step

Why = FollowUp.Why
#: What was due so long ago, for whatever reason it had to wait, is not said any more.
TOO_LATE: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Verdict:
    """It could go by ``channel`` to ``to``; or it waits until ``wait``; or it does not go, for ``why``."""

    why: Why | None = None
    wait: datetime | None = None
    channel: str = ""
    to: str = ""
    said: dict[str, Any] = field(default_factory=dict)


def verdict_on(
    follow_up: FollowUp, root: int, *, step: Step | None, is_marketing: bool, is_gone: bool, known: Known, now: datetime
) -> Verdict:
    """In this order: is it still so, may we, can we, is it a good hour, had they heard enough before this batch."""
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
    return Verdict(channel=way, to=known.addresses[way, is_marketing][root], said=said)


def _old_news(follow_up: FollowUp, step: Step | None, is_gone: bool, now: datetime) -> Why | None:
    if step is None or follow_up.is_off:
        return Why.OFF
    if is_gone:
        return Why.GONE
    return Why.LATE if now - follow_up.due_at > TOO_LATE else None
