"""The connected components of merged matches: each row's root, the same for every order in which they were joined."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.backends.utils import CursorWrapper

from omni_sync.transactions import inside_transaction


@inside_transaction
def settle(person_ids: Sequence[int]) -> list[int]:
    """Work out anew who is one human with these rows, or was; the rows whose root is another now.

    The root is the row with a web account, of several the oldest; without any the oldest row. The caller has the turn.
    """
    if not person_ids:
        return []
    with connection.cursor() as cursor:
        _gather(cursor, person_ids)
        while _run(cursor, _HOOK):
            while _run(cursor, _FLATTEN):
                pass
        cursor.execute(_ROOTS)
        changed = [person for (person,) in cursor.fetchall()]
        cursor.execute("DROP TABLE person_label, person_edge")
    return changed


def _gather(cursor: CursorWrapper, person_ids: Sequence[int]) -> None:
    """Everybody who is one human with them, or with whom a match joins them now; each a component of their own."""
    cursor.execute("CREATE TEMP TABLE person_label (person bigint PRIMARY KEY, label bigint NOT NULL) ON COMMIT DROP")
    cursor.execute(_REACHED, [list(person_ids)])
    cursor.execute("ANALYZE person_label")
    cursor.execute(_EDGES)
    cursor.execute("ANALYZE person_edge")


def _run(cursor: CursorWrapper, statement: str) -> int:
    cursor.execute(statement)
    return int(cursor.rowcount)


# Until now every component was settled, so whoever may be touched is a row of a root on either side of a match.
_REACHED = """
WITH touched AS (
    SELECT unnest(%s::bigint[]) AS person
), near AS (
    SELECT person FROM touched
     UNION SELECT m.right_id FROM omni_sync_match m JOIN touched t ON t.person = m.left_id WHERE m.state = 'merged'
     UNION SELECT m.left_id FROM omni_sync_match m JOIN touched t ON t.person = m.right_id WHERE m.state = 'merged'
), root AS (
    SELECT DISTINCT coalesce(p.merged_into_id, p.id) AS id FROM near JOIN omni_sync_person p ON p.id = near.person
)
INSERT INTO person_label
SELECT id, id FROM root
 UNION
SELECT p.id, p.id FROM root JOIN omni_sync_person p ON p.merged_into_id = root.id
"""

_EDGES = """
CREATE TEMP TABLE person_edge ON COMMIT DROP AS
SELECT m.left_id AS one, m.right_id AS two
  FROM omni_sync_match m JOIN person_label l ON l.person = m.left_id
 WHERE m.state = 'merged'
"""

# A component that touches older ones joins the oldest of them; then everybody follows the one they follow.
_HOOK = """
UPDATE person_label p SET label = found.oldest
  FROM (SELECT greatest(a.label, b.label) AS younger, min(least(a.label, b.label)) AS oldest
          FROM person_edge e
          JOIN person_label a ON a.person = e.one
          JOIN person_label b ON b.person = e.two
         WHERE a.label <> b.label
         GROUP BY 1) found
 WHERE p.person = found.younger
"""

_FLATTEN = """
UPDATE person_label p SET label = next.label
  FROM person_label next
 WHERE next.person = p.label AND next.label <> p.label
"""

_ROOTS = """
WITH root AS (
    SELECT DISTINCT ON (l.label) l.label, l.person
      FROM person_label l JOIN omni_sync_person p ON p.id = l.person
     ORDER BY l.label, p.user_id IS NULL, l.person
)
UPDATE omni_sync_person p SET merged_into_id = nullif(root.person, p.id)
  FROM person_label l JOIN root ON root.label = l.label
 WHERE p.id = l.person AND coalesce(p.merged_into_id, p.id) <> root.person
RETURNING p.id
"""
