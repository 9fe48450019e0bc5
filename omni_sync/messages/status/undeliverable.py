"""Addresses that came back for good."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from django.utils import timezone

from omni_sync.messages.status.models import Undeliverable
from omni_sync.seal import keyed_hashes

PURPOSE: Final = "undeliverable"


def hashes_of(address: str) -> list[bytes]:
    """By every key: the first is the one to be stored."""
    return keyed_hashes(PURPOSE, address.strip().casefold())


def give_up(*, channel: str, addresses: Iterable[str], at: datetime | None = None) -> None:
    """Write to these no more by this channel; ``at``: when the last of it came back, if not now."""
    since = at or timezone.now()
    hashes = sorted({hashes_of(one)[0] for one in addresses if one})
    Undeliverable.objects.bulk_create(
        [Undeliverable(channel=channel, address_hash=one, at=since) for one in hashes], ignore_conflicts=True
    )
    Undeliverable.objects.filter(channel=channel, address_hash__in=hashes, at__lt=since).update(at=since)


def take_back(*, channel: str, address: str, at: datetime) -> None:
    """It answered, or took something, ``at`` a time after the last that came back."""
    Undeliverable.objects.filter(channel=channel, address_hash__in=hashes_of(address), at__lt=at).delete()


def reachable(channel: str, addresses: Mapping[int, str]) -> dict[int, str]:
    """Those of ``addresses`` that still take something: one query."""
    owners = {key: hashes_of(address) for key, address in addresses.items()}
    every = {one for hashes in owners.values() for one in hashes}
    rows = Undeliverable.objects.filter(channel=channel, address_hash__in=every).values_list("address_hash", flat=True)
    gone = {bytes(one) for one in rows}
    return {key: address for key, address in addresses.items() if gone.isdisjoint(owners[key])}
