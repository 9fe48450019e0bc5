"""New identifiers are looked at after the transaction that told them; what a lost poke left, beat finds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.db import transaction

from omni_sync.people.tasks import resolve_persons
from omni_sync.poke import poke


def resolve_soon(person_ids: Sequence[int]) -> None:
    """Ask a worker, once this is committed, with whom these rows are one human."""
    transaction.on_commit(partial(poke, resolve_persons, sorted(set(person_ids))), robust=True)
