"""Whoever changes which rows are one human takes turns with all others who do."""

from django.db import connection


def take_turn() -> None:
    """Wait until nobody else changes matches; until the end of the transaction the others wait.

    Without it two who each add a match to the same human would both settle who that is without the other's.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('persons are resolved', 2))")
