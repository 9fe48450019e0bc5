"""Forget to whom something was said, and what: that it was said is kept, so that it is not said again."""

from __future__ import annotations

from omni_sync.messages.models import Message, MessageQuerySet
from omni_sync.messages.settle import IN_DOUBT
from omni_sync.transactions import inside_transaction

State = Message.State


@inside_transaction
def forget(messages: MessageQuerySet) -> None:
    """These have neither address nor letter any more, nor the provider's number, which may be made of the address; what
    still waits never goes out.

    What is with its channel at this moment may arrive: it ends as what nobody knows of.
    """
    chosen = list(messages.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    these = Message.objects.filter(pk__in=chosen)
    these.filter(state=State.WAITING).update(state=State.FAILED, failure="forgotten", to="", data=None)
    these.filter(state=State.SENDING).update(state=State.FAILED, failure=IN_DOUBT, to="", data=None)
    these.update(to="", data=None, provider_id="")
