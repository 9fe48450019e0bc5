"""The shopper's page follows their pickup: told after commit that something changed, never what."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from instore.pickup.models import Pickup, PickupStep
from instore.pickup.signals import pickup_answered, pickup_asked, pickup_expects
from omni_sync.live.place import address
from omni_sync.live.publish import publish


def pickup_topic(pickup_id: int) -> str:
    """One pickup, whatever happens to it."""
    return f"pickup-{pickup_id}"


@receiver(post_save, sender=PickupStep, dispatch_uid="lintas.pickup.live")
def tell_of_step(sender: Any, instance: PickupStep, **_: Any) -> None:
    """Every step, whoever made it."""
    _tell(instance.pickup_id)


@receiver([pickup_expects, pickup_asked, pickup_answered], dispatch_uid="lintas.pickup.live.expects")
def tell_of_wish(sender: Any, pickup: Pickup, **_: Any) -> None:
    """What the shopper said, and is asked, is on their other screens too."""
    _tell(pickup.pk)


def _tell(pickup_id: int) -> None:
    if address() is not None:
        transaction.on_commit(lambda: publish([pickup_topic(pickup_id)]), robust=True)
