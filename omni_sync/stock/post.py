"""The one way stock changes: movements are written, and levels follow them (R1, R5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from omni_sync.stock import ledger, shortfall, void
from omni_sync.stock.models import Movement
from omni_sync.stock.posting import Posting, VoidOf
from omni_sync.stock.signals import stock_changed
from omni_sync.transactions import inside_transaction


@inside_transaction
def lock(*, postings: Sequence[Posting] = (), voids: Sequence[VoidOf] = ()) -> dict[int, datetime | None]:
    """Lock every level that posting these will touch, in stock-record order; when each was last counted.

    For whoever must look at levels or promises before posting; ``post`` does it by itself.
    """
    void.take_turns([(v.source, v.document) for v in voids] + [(p.source, p.origin) for p in postings if p.origin])
    voided = void.written_under(voids)
    return ledger.lock({p.stockrecord_id for p in postings} | {w.stockrecord_id for w in voided})


@inside_transaction
def post(*, postings: Sequence[Posting] = (), voids: Sequence[VoidOf] = ()) -> list[int]:
    """Write what is new of ``postings`` and ``voids``, bring the levels up to date, and say which records moved.

    Any order, any number of repeats: the books end the same. Levels are locked in stock-record order; a document
    already voided is answered as it is written.
    """
    counted_at = lock(postings=postings, voids=voids)
    voided = void.written_under(void.remember(voids))
    written = ledger.write(postings)
    written += ledger.write(void.answers(voided + written))
    if not written:
        return []
    records = ledger.settle(written, counted_at)
    shortfall.settle(records)
    stock_changed.send(sender=Movement, record_ids=records)
    return records
