"""What a decision needs to know of the people it is about, read for a whole batch at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from omni_sync import conf
from omni_sync.messages.channels.registry import channel_of, is_open
from omni_sync.messages.journeys.caps import Cap, cap_of
from omni_sync.messages.journeys.compared import Place, spared_of
from omni_sync.messages.models import Purpose
from omni_sync.messages.preferences.preferred import Preferred, preferred_of
from omni_sync.people.models import Consent
from omni_sync.people.standing import granted_to

#: By channel and whether it is marketing: the address of every human who has one.
Addresses = Mapping[tuple[str, bool], Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class Known:
    """All by root; ``spared`` are the messages that those who hear nothing would have had of late, by journey too."""

    preferred: Mapping[int, Preferred]
    agreed: Mapping[int, Mapping[str, Consent]]
    addresses: Addresses
    cap: Cap
    spared: Counter[Place]


def known_of(
    root_ids: Sequence[int], *, channels: set[tuple[str, bool]], held_out: Collection[Place], now: datetime
) -> Known:
    """Read it, with the humans' rows locked: in so many queries however many they are."""
    roots = sorted(set(root_ids))
    cap = cap_of(roots, now)
    return Known(
        preferred=preferred_of(roots),
        agreed=granted_to(roots, purpose=Purpose.MARKETING),
        addresses={
            (name, is_marketing): channel_of(name).addresses(roots, is_marketing=is_marketing) if is_open(name) else {}
            for name, is_marketing in channels
        },
        cap=cap,
        spared=spared_of(held_out, since=now - conf.marketing_cap()[1]),
    )
