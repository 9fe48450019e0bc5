"""What was put together of one human is not handed over once it proves to be of two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver

from omni_sync.people.signals import persons_parted
from omni_sync.privacy.models import Packet


@receiver(persons_parted, dispatch_uid="lintas.privacy.parted")
def drop_packets(sender: Any, person_ids: Sequence[int], **_: Any) -> None:
    """Whoever asked asks again, and gets their own."""
    Packet.objects.filter(person_ids__overlap=list(person_ids), taken_at=None).delete()
