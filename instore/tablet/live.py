"""The tablets of a store follow its pickups: told after commit that something changed, never what."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from instore.pickup.models import Pickup, PickupStep
from instore.pickup.signals import pickup_answered, pickup_asked, pickup_expects
from instore.requests.live import requests_topic
from instore.stores.models import Store
from omni_sync.live.place import address
from omni_sync.live.publish import publish


def pickups_topic(store_id: int) -> str:
    """The pickups of a store, in any state."""
    return f"pickups-{store_id}"


def topics_of(store: Store) -> list[str]:
    """What a tablet of this store follows."""
    return [pickups_topic(store.pk), requests_topic(store.pk)]


@receiver(post_save, sender=PickupStep, dispatch_uid="lintas.tablet.step")
def tell_tablets(sender: Any, instance: PickupStep, **_: Any) -> None:
    """Every step of a pickup, whoever made it."""
    _tell(instance.pickup.store_id)


@receiver([pickup_expects, pickup_asked, pickup_answered], dispatch_uid="lintas.tablet.expects")
def tell_who_is_here(sender: Any, pickup: Pickup, **_: Any) -> None:
    """A shopper who is there, a friend they named, or what they are asked and answer."""
    _tell(pickup.store_id)


def _tell(store_id: int) -> None:
    if address() is not None:
        topic = pickups_topic(store_id)
        transaction.on_commit(lambda: publish([topic]), robust=True)
