"""What is held of a human here: that an address of theirs takes nothing, and that they wrote to us today."""

from __future__ import annotations

from typing import Any, Final

from django.dispatch import receiver

from omni_sync.messages.status.models import LastHeard, Undeliverable
from omni_sync.messages.status.undeliverable import hashes_of
from omni_sync.people.models import Identifier
from omni_sync.people.signals import person_erased, person_exported

#: What it is called in the packet, and what the time in it says.
KEPT: Final[tuple[tuple[str, type[Undeliverable] | type[LastHeard], str], ...]] = (
    ("undeliverable", Undeliverable, "since"),
    ("last_heard", LastHeard, "at"),
)


@receiver(person_exported, dispatch_uid="lintas.messages.status.export")
def export(sender: Any, person_ids: list[int], add: Any, **_: Any) -> None:
    """Of addresses that were proved to be theirs."""
    proved = Identifier.objects.filter(person__in=person_ids, verified_at__isnull=False)
    hashes = {one: value for value in proved.values_list("value", flat=True) for one in hashes_of(value)}
    for name, kept, when in KEPT:
        rows = kept.objects.filter(address_hash__in=hashes).order_by("pk")
        told = [(hashes[bytes(row.address_hash)], row.channel, row.at) for row in rows]
        add(name, [{"address": address, "channel": channel, when: at} for address, channel, at in told])


@receiver(person_erased, dispatch_uid="lintas.messages.status.forget")
def forget(sender: Any, values: list[str], **_: Any) -> None:
    """The marks go."""
    hashes = [one for value in values for one in hashes_of(value)]
    Undeliverable.objects.filter(address_hash__in=hashes).delete()
    LastHeard.objects.filter(address_hash__in=hashes).delete()
