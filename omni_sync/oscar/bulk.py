"""Sets of rows into tables whose models an adopter may have extended: COPY, with the model's own defaults."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """Take ``count`` primary keys from the table's own sequence."""
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, model._meta.pk.column, count],
        )
        return [pk for (pk,) in cursor.fetchall()]


def copy_rows(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write ``rows`` of ``fields``; every other column of the model gets what a new instance would have.

    ``fields`` are attribute names (``order_id``). Fires no signals: whoever calls says what happened.
    """
    rest, constants = _defaults(model, frozenset(fields))
    by_attname = {field.attname: str(field.column) for field in model._meta.concrete_fields}
    quoted = [connection.ops.quote_name(column) for column in [*(by_attname[name] for name in fields), *rest]]
    statement = f"COPY {connection.ops.quote_name(model._meta.db_table)} ({', '.join(quoted)}) FROM STDIN"
    ready = list(rows)  # whatever they ask the database while they are made must not meet an open COPY
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in ready:
            copy.write_row((*row, *constants))


def _defaults(model: type[models.Model], given: frozenset[str]) -> tuple[list[str], tuple[Any, ...]]:
    instance = model()
    columns: list[str] = []
    values: list[Any] = []
    for field in model._meta.concrete_fields:
        if field.attname in given or field.primary_key or field.has_db_default():
            continue
        columns.append(str(field.column))
        values.append(field.get_db_prep_save(field.pre_save(instance, add=True), connection))
    return columns, tuple(values)
