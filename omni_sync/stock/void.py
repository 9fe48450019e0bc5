"""Voids: every movement of the document, and of every return of it, is answered by its opposite (R1b).

The answer is dated the later of the movement and the void. Where two voids cover one movement (a return voided by
itself, and with its sale) the earlier void counts, so that the books don't depend on which arrived first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection

from omni_sync.stock.models import Movement
from omni_sync.stock.posting import Posting, VoidOf, Written


def take_turns(documents: Iterable[tuple[str, str]]) -> None:
    """Let whoever speaks of one of these (source, document) wait for each other, in whatever lanes they are."""
    keys = sorted({f"{source} {document}" for source, document in documents})
    if keys:
        with connection.cursor() as cursor:
            cursor.execute(_TURNS, [keys])


def remember(voids: Sequence[VoidOf]) -> list[VoidOf]:
    """Keep the voids that are new, for what they answer may come later; those."""
    if not voids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            _REMEMBER,
            [
                [v.source for v in voids],
                [v.document for v in voids],
                [v.occurred_at for v in voids],
                [v.event_id for v in voids],
            ],
        )
        return [VoidOf(*row) for row in cursor.fetchall()]


def written_under(voids: Sequence[VoidOf]) -> list[Written]:
    """The movements in the ledger that ``voids`` cover."""
    if not voids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_UNDER, [[v.source for v in voids], [v.document for v in voids]] * 2)
        return [Written(*row) for row in cursor.fetchall()]


def answers(movements: Sequence[Written]) -> list[Posting]:
    """The postings that make the answers to ``movements`` what the known voids ask for; usually none."""
    voided_at = _voids_of(movements)
    if not voided_at:
        return []
    covered = {m.pk: m for m in movements if m.kind != Movement.Kind.VOID and _earliest(m, voided_at)}
    given = _answers_given(list(covered))
    result: list[Posting] = []
    for m in covered.values():
        earliest = _earliest(m, voided_at)
        assert earliest
        result += _converge(m, max(m.occurred_at, earliest), given[m.pk])
    return result


def _voids_of(movements: Sequence[Written]) -> dict[tuple[str, str], datetime]:
    keys = sorted({(m.source, d) for m in movements for d in (m.document, m.origin) if d})
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_VOIDS, [[source for source, _ in keys], [document for _, document in keys]])
        return {(source, document): at for source, document, at in cursor.fetchall()}


def _earliest(movement: Written, voided_at: dict[tuple[str, str], datetime]) -> datetime | None:
    times = [voided_at.get((movement.source, d)) for d in (movement.document, movement.origin) if d]
    return min((t for t in times if t), default=None)


def _answers_given(ids: list[int]) -> dict[int, list[tuple[int, datetime]]]:
    given: dict[int, list[tuple[int, datetime]]] = defaultdict(list)
    rows = Movement.objects.filter(answers__in=ids).order_by("pk").values_list("answers_id", "quantity", "occurred_at")
    for movement, quantity, at in rows:
        given[movement].append((quantity, at))
    return given


def _converge(movement: Written, at: datetime, given: list[tuple[int, datetime]]) -> list[Posting]:
    """What is missing so that the answer stands at ``at`` and nowhere else."""
    balance: dict[datetime, int] = defaultdict(int)
    for quantity, when in given:
        balance[when] -= quantity
    balance[at] -= movement.quantity
    wanted = [(quantity, when) for when, quantity in sorted(balance.items()) if quantity]
    return [
        Posting(
            movement.stockrecord_id,
            Movement.Kind.VOID,
            quantity,
            when,
            movement.source,
            f"void/{movement.document}",
            f"{movement.pk}/{len(given) + n}",
            answers=movement.pk,
        )
        for n, (quantity, when) in enumerate(wanted)
    ]


_TURNS = """
    SELECT pg_advisory_xact_lock(hashtextextended(k, 1)) FROM unnest(%s::text[]) WITH ORDINALITY AS t(k, n) ORDER BY n
"""

_REMEMBER = """
    INSERT INTO omni_sync_void (source, document, occurred_at, event_id)
    SELECT DISTINCT ON (source, document) * FROM unnest(%s::text[], %s::text[], %s::timestamptz[], %s::text[])
           AS v(source, document, occurred_at, event_id)
        ON CONFLICT (source, document) DO NOTHING
    RETURNING source, document, occurred_at, event_id
"""

_UNDER = """
    SELECT id, stockrecord_id, kind, quantity, occurred_at, source, document, origin FROM omni_sync_movement
     WHERE (source, document) IN (SELECT * FROM unnest(%s::text[], %s::text[])) AND answers_id IS NULL
    UNION
    SELECT id, stockrecord_id, kind, quantity, occurred_at, source, document, origin FROM omni_sync_movement
     WHERE (source, origin) IN (SELECT * FROM unnest(%s::text[], %s::text[])) AND origin <> '' AND answers_id IS NULL
"""

_VOIDS = """
    SELECT source, document, occurred_at FROM omni_sync_void
     WHERE (source, document) IN (SELECT * FROM unnest(%s::text[], %s::text[]))
"""
