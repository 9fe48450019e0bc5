"""The letter that confirms an order paid online, sent once, by whatever path the order was placed."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone, translation

from omni_sync.checkout.models import Intended
from omni_sync.oscar.letters import send_order_placed


def confirm(*, intended: Intended) -> bool:
    """Write to the shopper in their language; False where somebody has. Outside any transaction: it sends mail.

    Claimed before it is sent: a worker that dies in between sends nothing, and nobody gets two.
    """
    mine = Intended.objects.filter(pk=intended.pk, state=Intended.State.PLACED, told_at=None)
    if not mine.update(told_at=timezone.now()):
        return False
    with translation.override(intended.language or None):
        send_order_placed(intended.order)
    return True


def unconfirmed() -> QuerySet[Intended]:
    """Orders of which nobody has told their shopper, the oldest first."""
    return Intended.objects.filter(state=Intended.State.PLACED, told_at=None).order_by("ended_at")
