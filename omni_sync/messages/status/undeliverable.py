"""Addresses that came back for good."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from omni_sync.messages.status.models import Undeliverable
from omni_sync.seal import keyed_hashes

PURPOSE: Final = "undeliverable"


def hashes_of(address: str) -> list[bytes]:
    """By every key: the first is the one to be stored."""
    return keyed_hashes(PURPOSE, address.strip().casefold())


def give_up(*, channel: str, addresses: Iterable[str]) -> None:
    """Write to these no more by this channel."""
    hashes = sorted({hashes_of(one)[0] for one in addresses if one})
    Undeliverable.objects.bulk_create(
        [Undeliverable(channel=channel, address_hash=one) for one in hashes], ignore_conflicts=True
    )


def take_back(*, channel: str, address: str) -> None:
    """It answered, or took something, after all."""
    Undeliverable.objects.filter(channel=channel, address_hash__in=hashes_of(address)).delete()


def reachable(channel: str, addresses: Mapping[int, str]) -> dict[int, str]:
    """Those of ``addresses`` that still take something: one query."""
    owners = {key: hashes_of(address) for key, address in addresses.items()}
    every = {one for hashes in owners.values() for one in hashes}
    rows = Undeliverable.objects.filter(channel=channel, address_hash__in=every).values_list("address_hash", flat=True)
    gone = {bytes(one) for one in rows}
    return {key: address for key, address in addresses.items() if gone.isdisjoint(owners[key])}
