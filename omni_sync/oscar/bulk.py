"""Sets of rows into tables whose models an adopter may have extended: COPY, with the model's own defaults."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection, models


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """Take ``count`` primary keys from the table's own sequence."""
    return reserve_each((model, count))[0] if count else []


def reserve_each(*wanted: tuple[type[models.Model], int]) -> list[list[int]]:
    """Take so many primary keys of each model from its table's own sequence, in one statement."""
    tables = [(model._meta.db_table, model._meta.pk.column, count) for model, count in wanted]
    reserved: list[list[int]] = [[] for _ in wanted]
    with connection.cursor() as cursor:
        cursor.execute(_RESERVE, [list(column) for column in zip(*tables, strict=True)])
        for at, pk in cursor.fetchall():
            reserved[at - 1].append(pk)
    return reserved


def copy_rows(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write ``rows`` of ``fields``; every other column of the model gets what a new instance would have.

    ``fields`` are attribute names (``order_id``). Fires no signals: whoever calls says what happened.
    """
    statement, rest = _statement(model, tuple(fields))
    constants = _defaults(model, rest)
    ready = list(rows)  # whatever they ask the database while they are made must not meet an open COPY
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in ready:
            copy.write_row((*row, *constants))


@lru_cache(maxsize=64)
def _statement(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, tuple[models.Field[Any, Any], ...]]:
    """The COPY for these attributes and all others, and the fields of those others."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    rest = tuple(
        field
        for field in fields.values()
        if field.attname not in names and not field.primary_key and not field.has_db_default()
    )
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in [*(fields[name] for name in names), *rest])
    return f"COPY {quote(model._meta.db_table)} ({columns}) FROM STDIN", rest


def _defaults(model: type[models.Model], fields: Iterable[models.Field[Any, Any]]) -> tuple[Any, ...]:
    instance = model()
    return tuple(field.get_db_prep_save(field.pre_save(instance, add=True), connection) for field in fields)


_RESERVE = """
    SELECT t.at, nextval(pg_get_serial_sequence(t.name, t.key))
      FROM unnest(%s::text[], %s::text[], %s::int[]) WITH ORDINALITY AS t(name, key, count, at),
           generate_series(1, t.count)
"""
