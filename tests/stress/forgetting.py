"""Somebody is forgotten while somebody else is in the middle of something that is theirs."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait

from django.db import DatabaseError, connection, transaction

from omni_sync.people.models import Person
from omni_sync.privacy.erase import erase
from omni_sync.privacy.human import human_of
from tests.stress.crowd import Pause


def apart(call: Callable[[], object]) -> object:
    """What ``call`` returned, on a connection of its own; the error where the database refused it."""
    try:
        return call()
    except DatabaseError as failure:
        return failure
    finally:
        connection.close()


def forget(person: Person) -> None:
    """At once, as the request of that person is carried out."""
    with transaction.atomic():
        erase(human=human_of(person))


def forgotten_during(call: Callable[[], object], pause: Pause, person: Person) -> tuple[object, object]:
    """What became of ``call``, which stops at ``pause``, and of forgetting ``person`` meanwhile."""
    with ThreadPoolExecutor(2) as crew:
        called = crew.submit(apart, call)
        assert pause.reached.wait(30)
        forgotten = crew.submit(apart, lambda: forget(person))
        wait([forgotten], timeout=1)
        pause.over.set()
        return called.result(), forgotten.result()
