"""Other systems are told what became of a pickup: of its shopper nothing, and never the code."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from instore.pickup.models import Pickup, PickupStep
from omni_sync.pos.models import OutboxEvent
from omni_sync.pos.outbox.wake import wake_a_pusher
from omni_sync.transactions import inside_transaction


@inside_transaction
def tell(*, pickup: Pickup, step: PickupStep) -> None:
    """One ``pickup.placed``, ``.ready``, ``.collected``, ``.cancelled`` or ``.expired``, pushed soon after commit."""
    OutboxEvent.objects.create(
        type=f"pickup.{step.after}",
        store_id=pickup.store_id,
        data={
            "order": str(pickup.order.number),
            "store": pickup.store.partner.code,
            "pay_in_store": pickup.pay_in_store,
            "promised_at": _written(pickup.promised_at),
            "deadline": _written(pickup.deadline),
        },
    )
    transaction.on_commit(wake_a_pusher, robust=True)


def _written(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
