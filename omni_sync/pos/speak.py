"""For which stores a connection speaks, and what its till calls them."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from omni_sync.oscar.models import Partner
from omni_sync.pos.models import Connection, ConnectionStore


class CodeTaken(Exception):
    """The till calls another store of this connection by that code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def speak_for(*, connection: Connection, store: Partner, code: str, instead_of: str = "") -> bool:
    """Let ``connection`` speak for ``store`` under the till's own ``code``, in place of the code shown before.

    False when the map says something else by now than ``instead_of``. Raises CodeTaken.
    """
    try:
        with transaction.atomic():
            if not instead_of:
                _row, made = ConnectionStore.objects.get_or_create(
                    connection=connection, store=store, defaults={"code": code}
                )
                return made
            row = ConnectionStore.objects.filter(connection=connection, store=store, code=instead_of)
            return row.update(code=code) == 1
    except IntegrityError as error:
        raise CodeTaken(code) from error


def fall_silent(*, connection: Connection, store_id: int, code: str) -> bool:
    """Let ``connection`` speak for that store no longer: what it says of it is rejected, what it said stays."""
    deleted, _ = ConnectionStore.objects.filter(connection=connection, store=store_id, code=code).delete()
    return deleted == 1
