"""COPY: the fastest way PostgreSQL has for rows that somebody else worked out."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.db import connection
from psycopg import sql

from settings.bench.goods import settle_down

BLOCK: Final = 1 << 20


def row_counts() -> dict[str, int]:
    """How many rows each table has."""
    with connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
            counts[table] = cursor.fetchone()[0]
    return counts


def copied(tables: Sequence[str]) -> float:
    """Seconds to COPY the rows of ``tables`` into empty tables like them, indexes and constraints included."""
    with TemporaryDirectory() as folder:
        files = {table: Path(folder, table) for table in tables}
        for table, file in files.items():
            _out(table, file)
            _execute("CREATE TABLE {} (LIKE {} INCLUDING ALL)", f"copy_of_{table}", table)
        settle_down()
        began = time.perf_counter()
        for table, file in files.items():
            _in(f"copy_of_{table}", file)
        seconds = time.perf_counter() - began
        for table in tables:
            _execute("DROP TABLE {}", f"copy_of_{table}")
    return seconds


def _execute(statement: str, *names: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))  # type: ignore[arg-type]


def _out(table: str, file: Path) -> None:
    out = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
    with file.open("wb") as rows, connection.cursor() as cursor, cursor.copy(out) as copy:
        for part in copy:
            rows.write(part)


def _in(table: str, file: Path) -> None:
    into = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
    with file.open("rb") as rows, connection.cursor() as cursor, cursor.copy(into) as copy:
        while part := rows.read(BLOCK):
            copy.write(part)
