"""What can't be decided is tried again later and later, and then no more: it keeps no other waiting."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

import structlog

from omni_sync.messages.journeys.models import FollowUp
from omni_sync.transactions import inside_transaction

#: The pause after the first failure, the second, …; after the last there is no other try.
PAUSES: Final = tuple(timedelta(minutes=minutes) for minutes in (5, 30, 120, 360, 1440))
#: In ``said``: how often it failed, and of what.
TRIES: Final = "tries"
FAILURE: Final = "failure"
log = structlog.get_logger(__name__)


@inside_transaction
def put_off(pk: int, failure: Exception, now: datetime) -> None:
    """Try this follow-up, which whoever calls has locked, after a while; after the last try it has come too late."""
    row = FollowUp.objects.select_related("journey").get(pk=pk)
    tries = int(row.said.get(TRIES, 0)) + 1
    said = {**row.said, TRIES: tries, FAILURE: type(failure).__name__}
    is_over = tries > len(PAUSES)
    log.error(
        "follow-up can't be decided",
        follow_up=pk, journey=row.journey.name, tries=tries, is_over=is_over, exc_info=failure,
    )  # fmt: skip
    this = FollowUp.objects.filter(pk=pk)
    if is_over:
        this.update(state=FollowUp.State.STOPPED, why=FollowUp.Why.LATE, decided_at=now, said=said)
    else:
        this.update(due_at=now + PAUSES[tries - 1], said=said)


def failures_of(row: FollowUp) -> dict[str, Any]:
    """What is known of how often it failed: kept while it waits."""
    return {name: row.said[name] for name in (TRIES, FAILURE) if name in row.said}
