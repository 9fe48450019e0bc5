"""Devices with notifications; they go with the person."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from omni_sync.messages.channels.webpush.models import PushSubscription
from omni_sync.people.signals import person_erased, person_exported


@receiver(person_exported, dispatch_uid="lintas.push.export")
def export(sender: Any, person_ids: list[int], add: Any, **_: Any) -> None:
    """Which they are, and since when; where they are reached opens them, and is nobody's to carry about."""
    rows = PushSubscription.objects.filter(person__in=person_ids).order_by("pk")
    add("push_devices", rows.values("device", "made_at"))


@receiver(person_erased, dispatch_uid="lintas.push.forget")
def forget(sender: Any, person_ids: list[int], **_: Any) -> None:
    """Nothing goes there any more."""
    PushSubscription.objects.filter(person__in=person_ids).delete()
