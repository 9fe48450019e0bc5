"""Tell somebody something, once."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from omni_sync.messages.models import Message, sealed
from omni_sync.poke import poke_once
from omni_sync.transactions import inside_transaction


@inside_transaction
def say(*, key: str, kind: str, to: str, language: str, data: dict[str, Any]) -> bool:
    """Let the letter ``kind`` go to the address ``to`` soon after commit; whether it is new.

    The same ``key`` again is nothing, whatever else is said with it, also from two transactions at once: the second
    waits for the first. ``data`` is JSON, and all that the letter's templates know.
    """
    letter = Message(key=key, kind=kind, to=to, language=language, data=sealed(data))
    Message.objects.bulk_create([letter], ignore_conflicts=True)
    is_new = Message.objects.filter(key=key, data=letter.data).exists()
    if is_new:
        transaction.on_commit(wake_a_worker, robust=True)
    return is_new


def wake_a_worker() -> None:
    """Let somebody send soon what waits."""
    from omni_sync.messages.tasks import send_messages

    poke_once(send_messages)
