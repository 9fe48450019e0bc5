"""Putting a test database back to what its migrations made of it, without migrating again."""

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

WITH_PAGES = """
    SELECT oid::regclass::text FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0
"""
APPEND_ONLY = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'append_only'"


def names(cursor: CursorWrapper, query: str) -> list[str]:
    """The tables that the query finds."""
    cursor.execute(query)
    return [name for (name,) in cursor.fetchall()]


def read(cursor: CursorWrapper, table: str) -> bytes:
    """All that is in a table."""
    with cursor.copy(f"COPY {table} TO STDOUT") as copy:
        return b"".join(bytes(block) for block in copy)


class Baseline:
    """The rows that the migrations left: Wagtail's root, content types, permissions …"""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            self.rows = {table: read(cursor, table) for table in names(cursor, WITH_PAGES)}

    def restore(self) -> None:
        """Forget what a test committed.

        Django would truncate every table, the migrations' rows too. Its foreign keys are deferred, so one transaction
        may take rows out and put them back in any order. What is as it was, which is most of it, is left alone.
        """
        with transaction.atomic(), connection.cursor() as cursor:
            kept = {table for table, rows in self.rows.items() if read(cursor, table) == rows}
            append_only = names(cursor, APPEND_ONLY)  # their rows can't be deleted one by one
            for table in names(cursor, WITH_PAGES):  # they have rows, or had some
                if table not in kept:
                    cursor.execute(f"TRUNCATE {table}" if table in append_only else f"DELETE FROM {table}")
            for table in self.rows.keys() - kept:
                with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                    copy.write(self.rows[table])
