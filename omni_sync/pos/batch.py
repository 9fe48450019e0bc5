"""What a batch of events comes to: collected first, written in sets afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from omni_sync.pos.adapters.native import events as told
from omni_sync.pos.connections import Place
from omni_sync.pos.match import Match, Named
from omni_sync.pos.models import Connection, InboxEvent
from omni_sync.sales.documents import ReturnToRecord, SaleToRecord
from omni_sync.sales.handover import Claim
from omni_sync.stock.posting import Posting, VoidOf


@dataclass(slots=True)
class Batch:
    """Events of one lane, and everything they ask for.

    ``matches`` (by the name a line gives), ``persons`` (by inbox row), ``stores`` (other places that returns name, by
    code) and ``corrected`` (what stands in the place of sales that returns name, by store and number) are looked up
    before; the rest is filled by translating the events. ``claims`` are the sale lines that name an order, by inbox row
    and line.
    """

    connection: Connection
    place: Place
    matches: dict[Named, Match] = field(default_factory=dict)
    persons: dict[int, int | None] = field(default_factory=dict)
    stores: dict[str, Place] = field(default_factory=dict)
    corrected: dict[tuple[int, str], str] = field(default_factory=dict)
    claims: dict[int, dict[str, Claim]] = field(default_factory=dict)
    sales: list[tuple[InboxEvent, SaleToRecord]] = field(default_factory=list)
    returns: list[tuple[InboxEvent, ReturnToRecord]] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)
    voids: list[VoidOf] = field(default_factory=list)
    voided: list[tuple[str | None, str | None, datetime]] = field(default_factory=list)
    consents: list[tuple[int, told.ConsentTold]] = field(default_factory=list)
    unmatched: list[dict[str, Any]] = field(default_factory=list)

    @property
    def source(self) -> str:
        return self.connection.name
