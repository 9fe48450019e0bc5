"""Sessions remember who is signed in and what was typed at checkout."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.apps import apps
from django.contrib.auth import SESSION_KEY

from omni_sync.transactions import inside_transaction

BATCH: Final = 1000


@inside_transaction
def end_sessions(*, user_ids: Collection[int], addresses: Collection[str]) -> int:
    """End every session of these accounts, and those in which one of these addresses was typed; how many.

    Sessions kept elsewhere than in the database end by themselves: their account is gone.
    """
    if not apps.is_installed("django.contrib.sessions"):
        return 0
    from django.contrib.sessions.models import Session

    ids = {str(user_id) for user_id in user_ids}
    ended = []
    for session in Session.objects.order_by("pk").iterator(BATCH):
        said = session.get_decoded()
        text = str(said).casefold()
        if str(said.get(SESSION_KEY, "")) in ids or any(address.casefold() in text for address in addresses):
            ended.append(session.pk)
    return Session.objects.filter(pk__in=ended).delete()[0]
