"""Forget a human in every channel, and keep what the tax office asks for: that somebody bought these things."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth import get_user_model
from django.db import connection

from omni_sync.people.models import Person
from omni_sync.people.signals import open_orders_asked, person_erased
from omni_sync.people.suppression import suppress
from omni_sync.people.turns import take_turn
from omni_sync.pos.lanes import keep_lanes
from omni_sync.privacy.exceptions import StillOpen, WorksHere
from omni_sync.privacy.human import Human
from omni_sync.privacy.sessions import end_sessions
from omni_sync.transactions import inside_transaction


@inside_transaction
def erase(*, human: Human) -> None:
    """Forget everything that says who these rows and accounts are; said again, it has no effect.

    Meanwhile tills are listened to and their events wait. Raises StillOpen or WorksHere before anything is written.
    """
    keep_lanes()
    take_turn()
    refuse_if_bound(human=human)
    with connection.cursor() as cursor:
        cursor.execute(_OPEN_THE_LEDGER)
    suppress(human.silent)
    end_sessions(user_ids=human.user_ids, addresses=human.addresses)
    person_erased.send(sender=Person, **_told(human), words=list(human.words))
    Person.objects.filter(pk__in=human.person_ids).delete()
    for user in get_user_model()._default_manager.filter(pk__in=human.user_ids).order_by("pk"):
        user.delete()
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE_THE_LEDGER)


def refuse_if_bound(*, human: Human) -> None:
    """Raises WorksHere, or StillOpen with the numbers of the orders that are not over."""
    staff = get_user_model()._default_manager.filter(pk__in=human.user_ids, is_staff=True)
    if works := tuple(staff.order_by("pk").values_list("pk", flat=True)):
        raise WorksHere(works)
    numbers = set[str]()
    open_orders_asked.send(sender=Person, **_told(human), add=numbers.add)
    if numbers:
        raise StillOpen(tuple(sorted(numbers)))


def _told(human: Human) -> dict[str, Any]:
    return {"person_ids": list(human.person_ids), "user_ids": list(human.user_ids), "values": list(human.values)}


# Consents are append-only but for this transaction; see migration 0017.
_OPEN_THE_LEDGER: Final = "SET LOCAL lintas.erasing = 'on'"
_CLOSE_THE_LEDGER: Final = "SET LOCAL lintas.erasing = 'off'"
