"""Whoever claims with a token and whoever brings its sale take turns: one of them finds what the other wrote."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection


def take_turn(digest: bytes) -> None:
    """Wait until nobody else asks for what this token opens; until the end of the transaction the others wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 8))", [digest.hex()])


def take_turns_for(sale_ids: Sequence[int]) -> dict[int, bytes]:
    """The same for the claims that tills printed on these sales, in their order; which sale has which. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_TURNS, [list(sale_ids)])
        return {sale: bytes.fromhex(digest) for sale, digest, _ in cursor.fetchall()}


_TURNS = """
    SELECT id, claim_hash, pg_advisory_xact_lock(hashtextextended(claim_hash, 8))
      FROM (SELECT id, claim_hash FROM omni_sync_sale
             WHERE id = ANY(%s) AND claim_hash <> '' ORDER BY claim_hash OFFSET 0) printed
"""
