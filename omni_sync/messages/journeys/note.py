"""What was decided, written down for a whole batch in one statement."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from django.db import connection

from omni_sync.messages.journeys.models import FollowUp
from omni_sync.transactions import inside_transaction

_DECIDED: Final = """
UPDATE omni_sync_followup f
   SET state = d.state, why = d.why, said = d.said, due_at = d.due_at, decided_at = d.decided_at,
       message_id = d.message, variant = d.variant
  FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::jsonb[], %s::timestamptz[], %s::timestamptz[], %s::bigint[],
              %s::text[])
       AS d (id, state, why, said, due_at, decided_at, message, variant)
 WHERE f.id = d.id
"""


@inside_transaction
def note_decided(follow_ups: Sequence[FollowUp]) -> None:
    """Write what these became; whoever calls has them locked, and their messages are written."""
    columns: list[Any] = [
        [one.pk for one in follow_ups],
        [str(one.state) for one in follow_ups],
        [str(one.why) for one in follow_ups],
        [json.dumps(one.said) for one in follow_ups],
        [one.due_at for one in follow_ups],
        [one.decided_at for one in follow_ups],
        [one.message.pk if one.message else None for one in follow_ups],
        [one.variant for one in follow_ups],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_DECIDED, columns)
