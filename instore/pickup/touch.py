"""The moves of a pickup are on the timeline of whoever ordered with an account."""

from __future__ import annotations

from instore.pickup.models import Pickup, PickupStep, State
from omni_sync.people.account import person_id_of
from omni_sync.people.models import Touchpoint
from omni_sync.people.timeline import Touch, touch
from omni_sync.transactions import inside_transaction


@inside_transaction
def touch_step(*, pickup: Pickup, step: PickupStep) -> None:
    """A contact for this step: on the web where it was placed, at the store whatever comes after."""
    person_id = person_id_of(user_id=pickup.order.user_id)
    if person_id is None:
        return
    told = Touch(
        person_id=person_id,
        channel=Touchpoint.Channel.WEB if step.after == State.PLACED else Touchpoint.Channel.STORE,
        kind=Touchpoint.Kind.PICKUP,
        at=step.at,
        key=f"pickup-step:{step.pk}",
        store_id=pickup.store.partner_id,
        data={"number": str(pickup.order.number), "state": step.after},
    )
    touch([told])
