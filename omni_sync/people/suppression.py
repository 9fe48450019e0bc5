"""Addresses of those who were forgotten. We can't read them; we know them again when somebody brings one back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from django.utils import timezone

from omni_sync.people.models import Suppression
from omni_sync.seal import keyed_hashes
from omni_sync.transactions import inside_transaction

PURPOSE: Final = "suppression"


@inside_transaction
def suppress(values: Iterable[str]) -> None:
    """What was agreed to under these addresses until now counts no more, also when a till tells it again later."""
    now = timezone.now()
    hashes = sorted({keyed_hashes(PURPOSE, value)[0] for value in values})
    Suppression.objects.bulk_create(
        [Suppression(address_hash=one, at=now) for one in hashes],
        update_conflicts=True,
        unique_fields=["address_hash"],
        update_fields=["at"],
    )


def is_suppressed(values: Iterable[str], *, since: datetime) -> bool:
    """Whether the owner of one of these was forgotten after ``since``."""
    hashes = [one for value in values for one in keyed_hashes(PURPOSE, value)]
    return Suppression.objects.filter(address_hash__in=hashes, at__gte=since).exists()


def suppressed_since(values: Mapping[int, Iterable[str]]) -> dict[int, datetime]:
    """By key of ``values`` when an owner of one of its addresses was last forgotten; one query for all."""
    owners: dict[bytes, list[int]] = {}
    for key, addresses in values.items():
        for one in {hashed for value in addresses for hashed in keyed_hashes(PURPOSE, value)}:
            owners.setdefault(one, []).append(key)
    found: dict[int, datetime] = {}
    for hashed, at in Suppression.objects.filter(address_hash__in=owners).values_list("address_hash", "at"):
        for key in owners[bytes(hashed)]:
            found[key] = max(at, found.get(key, at))
    return found
