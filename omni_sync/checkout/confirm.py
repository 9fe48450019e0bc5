"""The letter about an order paid online, sent once, by whatever path it was placed; or not placed, though paid."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone, translation

from omni_sync.checkout.models import Intended
from omni_sync.checkout.words import why_not
from omni_sync.oscar.letters import send_not_placed, send_order_placed


def confirm(*, intended: Intended) -> bool:
    """Write to the shopper in their language; False where somebody has, or there is nothing they must hear of.

    Outside any transaction: it sends mail. Claimed before it is sent: a worker that dies in between sends nothing, and
    nobody gets two. Where nothing was ordered, the address is dropped with that.
    """
    to = intended.email or getattr(intended.user, "email", "")
    mine = Intended.objects.untold().filter(pk=intended.pk)
    if not mine.update(told_at=timezone.now(), email=""):
        return False
    with translation.override(intended.language or None):
        if intended.is_placed:
            send_order_placed(intended.order)
        elif to:
            send_not_placed(to, number=intended.number, words=why_not(Intended.Why(intended.why)))
    return True


def unconfirmed() -> QuerySet[Intended]:
    """Orders of which nobody has told their shopper, the oldest first."""
    return Intended.objects.untold().select_related("user").order_by("ended_at")
