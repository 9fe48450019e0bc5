"""A person's own page hears that somebody has looked: told after commit, never what."""

from __future__ import annotations

from django.db import transaction

from omni_sync.live.place import address
from omni_sync.live.publish import publish
from omni_sync.people.models import Person


def looks_topic(person: Person) -> str:
    """The look-ups of one human."""
    return f"looks-{person.root_id}"


def tell_person(person: Person) -> None:
    """Somebody has looked."""
    if address() is not None:
        topic = looks_topic(person)
        transaction.on_commit(lambda: publish([topic]), robust=True)
