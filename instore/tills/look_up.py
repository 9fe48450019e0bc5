"""A till asks what a code is good for: of its own stores only, and not for long where it guesses."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from instore.pickup.code import code_hashes
from instore.pickup.exceptions import CodeUnknown
from instore.pickup.models import Pickup
from instore.staff.events import note
from instore.staff.models import StaffEvent
from instore.tills.exceptions import CodeOfTwoStores, TooManyTries
from instore.tills.models import CodeLookup
from omni_sync.pos.models import Connection
from omni_sync.spoken import as_code

MOST: Final = 5
SPAN: Final = timedelta(minutes=1)


@sensitive_variables("code")
def look_up(*, connection: Connection, code: str, store: str = "") -> Pickup:
    """The open pickup that has this code at a store of the till; ``store`` is the till's own code for one of them.

    Each is written down: for good, whose it was, and of the wrong ones how many. Raises TooManyTries without looking
    after five wrong ones in a minute, CodeUnknown, and CodeOfTwoStores where ``store`` has to say which.
    """
    with transaction.atomic():
        _in_turn(connection)
        wrong = _wrong_lately(connection)
        found = list(_pickups(connection, code, store)[:2])
        if len(found) == 1:
            CodeLookup.objects.create(connection=connection, pickup=found[0])
            return found[0]
        if not found:
            CodeLookup.objects.create(connection=connection, pickup=None)
            if wrong + 1 == MOST:
                note(StaffEvent.Kind.CODES_LOCKED, detail=connection.name)
    if found:
        raise CodeOfTwoStores(_codes_of(connection, found))
    raise CodeUnknown


def _in_turn(connection: Connection) -> None:
    """One after the other: of many guesses at once no more than ``MOST`` are heard."""
    # no_key: deliveries refer to the connection, and need not wait.
    Connection.objects.select_for_update(no_key=True).only("pk").get(pk=connection.pk)


def _wrong_lately(connection: Connection) -> int:
    """How many wrong codes there were in the last minute. Raises TooManyTries where no more are heard."""
    now = timezone.now()
    tries = CodeLookup.objects.filter(connection=connection, pickup=None, at__gt=now - SPAN)
    made = list(tries.order_by("at").values_list("at", flat=True))
    if len(made) >= MOST:
        raise TooManyTries(max(ceil((made[-MOST] + SPAN - now).total_seconds()), 1))
    return len(made)


def _pickups(connection: Connection, code: str, store: str) -> QuerySet[Pickup]:
    said = as_code(code)
    mine = connection.store_map.filter(code=store) if store else connection.store_map.all()
    rows = Pickup.objects.open().filter(code_hash__in=code_hashes(said), store__in=mine.values("store"))
    return rows.select_related("order", "store__partner").order_by("pk") if said else rows.none()


def _codes_of(connection: Connection, found: list[Pickup]) -> list[str]:
    stores = [pickup.store_id for pickup in found]
    return list(connection.store_map.filter(store__in=stores).order_by("code").values_list("code", flat=True))
