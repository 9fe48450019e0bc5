"""Putting a test database back to what its migrations made of it, without migrating again."""

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

WITH_PAGES = """
    SELECT oid::regclass::text FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0
"""

APPEND_ONLY = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'append_only'"


def touched(cursor: CursorWrapper) -> list[str]:
    """Tables that have rows, or had some."""
    cursor.execute(WITH_PAGES)
    return [name for (name,) in cursor.fetchall()]


class Baseline:
    """The rows that the migrations left: Wagtail's root, content types, permissions …"""

    def __init__(self) -> None:
        self.rows: dict[str, bytes] = {}
        with connection.cursor() as cursor:
            for table in touched(cursor):
                with cursor.copy(f"COPY {table} TO STDOUT") as copy:
                    self.rows[table] = b"".join(bytes(block) for block in copy)

    def restore(self) -> None:
        """Forget what a test committed.

        Django would truncate every table, the migrations' rows too. Its foreign keys are deferred, so one transaction
        may take rows out and put them back in any order.
        """
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(APPEND_ONLY)
            for (table,) in cursor.fetchall():  # its rows can't be deleted one by one
                cursor.execute(f"TRUNCATE {table}")
            for table in touched(cursor):
                cursor.execute(f"DELETE FROM {table}")
            for table, rows in self.rows.items():
                with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                    copy.write(rows)
