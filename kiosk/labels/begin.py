"""Asking for labels: what they say is written down at that moment, and a worker makes the sheets."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from django.db import transaction

from instore.stores.models import Store
from kiosk.labels.exceptions import NothingToPrint
from kiosk.labels.models import PrintRun
from kiosk.labels.queries import Found
from omni_sync.poke import poke
from omni_sync.transactions import inside_transaction

MOST: Final = 5_000  # labels of one run


@inside_transaction
def begin(
    *, store: Store, found: Found, paper: str, language: str, by: Any = None, asks_worker: bool = True
) -> PrintRun:
    """A run of these labels, as ``queries`` found them; what is over ``MOST`` is left for the next and counted.

    ``asks_worker`` is False for somebody who makes the sheets themselves. Raises NothingToPrint.
    """
    if not found.labels:
        raise NothingToPrint(found.unpriced, found.unknown)
    taken = found.labels[:MOST]
    run = PrintRun.objects.create(
        store=store, paper=paper, language=language, by=by,
        how_many=len(taken), labels=[label.as_json() for label in taken], more=len(found.labels) - len(taken),
        left_out=found.unpriced[:MOST], unknown=found.unknown[:MOST],
    )  # fmt: skip
    if asks_worker:
        transaction.on_commit(partial(_ask_worker, run.pk))
    return run


def _ask_worker(run_id: int) -> None:
    from kiosk.labels.tasks import make_sheets

    poke(make_sheets, run_id)
