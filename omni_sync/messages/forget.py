"""Forget to whom something was said, and what: that it was said is kept, so that it is not said again."""

from __future__ import annotations

from omni_sync.messages.models import Message, MessageQuerySet
from omni_sync.transactions import inside_transaction

State = Message.State


@inside_transaction
def forget(messages: MessageQuerySet) -> None:
    """These have neither address nor letter any more; what still waits never goes out."""
    chosen = list(messages.order_by("pk").values_list("pk", flat=True))
    waiting = Message.objects.filter(pk__in=chosen, state=State.WAITING)
    waiting.update(state=State.FAILED, failure="forgotten", to="", data=None)
    Message.objects.filter(pk__in=chosen).update(to="", data=None)
