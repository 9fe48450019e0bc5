"""The asker's page follows their request: told after commit that something changed, never what."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.dispatch import receiver

from instore.requests.models import Request
from instore.requests.signals import request_changed
from omni_sync.live.place import address
from omni_sync.live.publish import publish


def request_topic(request_id: int) -> str:
    """One request, whatever becomes of it."""
    return f"request-{request_id}"


def requests_topic(store_id: int) -> str:
    """Whoever waits in a store."""
    return f"requests-{store_id}"


@receiver(request_changed, dispatch_uid="lintas.requests.live")
def tell(sender: Any, request: Request, **_: Any) -> None:
    """The asker, and every tablet of the store."""
    if address() is not None:
        topics = [request_topic(request.pk), requests_topic(request.store_id)]
        transaction.on_commit(lambda: publish(topics), robust=True)
