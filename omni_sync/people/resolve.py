"""Which rows of persons are one human: a function of the set of matches, as the books are one of the set of events.

Two rows match where they have an identifier in common; where both proved it they are merged, else it is suggested.
Nothing is moved when two prove to be one, so undoing a match leaves exactly what was before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.db import connection, transaction

from omni_sync.people.components import settle
from omni_sync.people.models import Person
from omni_sync.people.signals import persons_merged
from omni_sync.people.turns import take_turn
from omni_sync.transactions import inside_transaction

SLICE: Final = 100_000  # identifiers: whoever proves who they are waits for one slice at most


@inside_transaction
def resolve(*, person_ids: Sequence[int]) -> None:
    """Match these rows with all others, and settle who is one human now. Said again, it has no effect."""
    if person_ids:
        take_turn()
        _settle(_matched(_OF_THESE, [list(person_ids)]))


def resolve_everyone(*, size: int = SLICE) -> None:
    """Match all with all: so many identifiers in a transaction, in the order of their values.

    Whatever is the same is in the same slice, so it costs the same however many there are beside it.
    """
    low = ""
    while True:
        with transaction.atomic():
            take_turn()
            high = _end_of_slice(low, size)
            if high is None:
                return
            _settle(_matched(_OF_SLICE, [low, high, low, high]))
        low = high


def _end_of_slice(low: str, size: int) -> str | None:
    """The last value of the slice that begins after ``low``; None where nothing does."""
    with connection.cursor() as cursor:
        cursor.execute(_END, [low, size - 1, low])
        (high,) = cursor.fetchone()
    return None if high is None else str(high)


def _matched(which: str, parameters: Sequence[Any]) -> list[int]:
    """Write what matches; one row of every pair that is merged from now on."""
    with connection.cursor() as cursor:
        cursor.execute(_MATCH.format(which=which), [*parameters])
        return [left for left, state in cursor.fetchall() if state == "merged"]


def _settle(touched: Sequence[int]) -> None:
    changed = settle(touched)
    if changed:
        persons_merged.send(sender=Person, person_ids=changed)


# Other rows with the identifiers of some, each pair once: the most telling kind, and whether both proved it. A pair
# that somebody answered stays as it is; of others a suggestion may become certain, or be made for a better reason.
_MATCH = """
WITH pair AS (
    SELECT least(mine.person_id, other.person_id) AS one, greatest(mine.person_id, other.person_id) AS two,
           min(CASE mine.kind WHEN 'loyalty' THEN 1 WHEN 'email' THEN 2 ELSE 3 END
               + CASE WHEN mine.verified_at IS NULL OR other.verified_at IS NULL THEN 10 ELSE 0 END) AS rank
      FROM omni_sync_identifier mine
      JOIN omni_sync_identifier other ON other.value = mine.value AND other.kind = mine.kind
     WHERE mine.kind <> 'till' AND {which}
     GROUP BY 1, 2
)
INSERT INTO omni_sync_match AS known (left_id, right_id, because, state)
SELECT one, two, (ARRAY['loyalty', 'email', 'phone'])[rank %% 10],
       CASE WHEN rank < 10 THEN 'merged' ELSE 'suggested' END
  FROM pair ORDER BY one, two
    ON CONFLICT (left_id, right_id) DO UPDATE SET state = excluded.state, because = excluded.because
 WHERE known.answered_at IS NULL
   AND (known.state, array_position(ARRAY['loyalty', 'email', 'phone'], known.because::text))
     > (excluded.state, array_position(ARRAY['loyalty', 'email', 'phone'], excluded.because::text))
RETURNING left_id, state
"""

_OF_THESE = "mine.person_id = ANY(%s) AND other.person_id <> mine.person_id"
_OF_SLICE = """
    mine.value > %s AND mine.value <= %s AND other.value > %s AND other.value <= %s
    AND other.person_id < mine.person_id
"""

_END = """
    SELECT coalesce((SELECT value FROM omni_sync_identifier WHERE value > %s ORDER BY value OFFSET %s LIMIT 1),
                    (SELECT max(value) FROM omni_sync_identifier WHERE value > %s))
"""
