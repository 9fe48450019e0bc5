"""Writing down what happened, in the transaction in which it did."""

from __future__ import annotations

from typing import Any

from instore.devices.models import Device
from instore.staff.models import Associate, StaffEvent
from instore.stores.models import Store
from omni_sync.transactions import inside_transaction

LONGEST = 300


@inside_transaction
def note(
    kind: StaffEvent.Kind,
    *,
    store: Store | None = None,
    device: Device | None = None,
    associate: Associate | None = None,
    by: Any = None,
    detail: str = "",
) -> None:
    """One more event; the names of the device and the associate are in it for good."""
    store_id = store.pk if store else device.store_id if device else None
    said = ", ".join(str(part) for part in (associate, device, detail) if part)
    StaffEvent.objects.create(
        kind=kind, store_id=store_id, device=device, associate=associate, by=by, detail=said[:LONGEST]
    )
