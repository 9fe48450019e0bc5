from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection as database
from django.db import transaction

from omni_sync.oscar.models import Partner
from omni_sync.pos.adapters import adapters
from omni_sync.pos.models import Connection, ConnectionStore
from omni_sync.pos.secrets import new_secret, seal


class UnknownAdapter(Exception):
    """There is no adapter of that name."""


class UnknownStore(Exception):
    """There is no store with one of these codes."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(codes)
        self.codes = list(codes)


@dataclass(frozen=True, slots=True)
class Place:
    """A store as the inbox needs it."""

    store_id: int
    code: str
    name: str
    timezone: str
    currency: str


def connect(*, name: str, adapter: str = "native", stores: Sequence[str] = ()) -> tuple[Connection, str | None]:
    """The connection of that name, made with a new secret if there is none; the secret only when it was made now.

    Without ``stores`` it speaks for all stores present; for one that exists, ``stores`` are added. Raises
    UnknownAdapter and UnknownStore.
    """
    if adapter not in adapters():
        raise UnknownAdapter(adapter)
    with transaction.atomic():
        secret = new_secret()
        connection, made = Connection.objects.get_or_create(
            name=name, defaults={"adapter": adapter, "secret": seal([secret])}
        )
        if made or stores:
            _speak_for(connection, stores)
    return connection, secret if made else None


def places_of(connection: Connection, codes: Sequence[str]) -> dict[str, Place]:
    """The stores this connection may speak for, by the till's own code, as far as ``codes`` asks."""
    with database.cursor() as cursor:
        cursor.execute(_PLACES, [connection.pk, list(codes)])
        return {code: Place(*place) for code, *place in cursor.fetchall()}


def _speak_for(connection: Connection, codes: Sequence[str]) -> None:
    partners = Partner.objects.filter(code__in=codes) if codes else Partner.objects.all()
    found = list(partners)
    unknown = sorted(set(codes) - {partner.code for partner in found})
    if unknown:
        raise UnknownStore(unknown)
    ConnectionStore.objects.bulk_create(
        [ConnectionStore(connection=connection, store=partner, code=partner.code) for partner in found],
        ignore_conflicts=True,
    )


_PLACES = """
    SELECT m.code, p.id, p.code, p.name, coalesce(place.timezone, ''), coalesce(place.currency, '')
      FROM omni_sync_connectionstore m
      JOIN partner_partner p ON p.id = m.store_id
      LEFT JOIN omni_sync_location place ON place.partner_id = p.id
     WHERE m.connection_id = %s AND m.code = ANY(%s)
"""
