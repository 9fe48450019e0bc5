"""The sheets of a run are made outside of any transaction, by one worker."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import structlog
from django.db.models import Q
from django.utils import timezone

from kiosk.labels.models import KEPT, OPEN, PrintRun
from kiosk.labels.says import Label
from kiosk.labels.sheets import sheets
from omni_sync.design.paper import NoPaper

log = structlog.get_logger(__name__)
PATIENCE: Final = timedelta(minutes=15)  # after which whoever makes them is taken for dead


def make_sheets(*, run_id: int) -> bool:
    """Make the PDF of this run, unless it is made or somebody is at it; False where it is not made now.

    A run whose sheets can't be made says so, and its labels stay in the queue.
    """
    now = timezone.now()
    free = PrintRun.objects.waiting().filter(Q(begun_at=None) | Q(begun_at__lt=now - PATIENCE), pk=run_id)
    if not free.update(begun_at=now):
        return False
    waiting = PrintRun.objects.waiting().filter(pk=run_id, begun_at=now)
    try:
        pdf = _drawn(run_id)
    except NoPaper as lack:
        log.error("no sheets", run=run_id, reason=lack.lacking)
        waiting.update(failure=PrintRun.Failure.NO_PAPER)
        return False
    except Exception:
        log.exception("no sheets", run=run_id)
        waiting.update(failure=PrintRun.Failure.BROKEN)
        return False
    return bool(waiting.update(pdf=pdf, made_at=timezone.now()))


def make_waiting() -> int:
    """Make what no worker heard of; how many."""
    return sum(make_sheets(run_id=pk) for pk in list(PrintRun.objects.waiting().values_list("pk", flat=True)))


def forget() -> int:
    """Drop PDFs that are a week old, and runs of a month of which nobody said that they hang there; how many runs."""
    now = timezone.now()
    PrintRun.objects.filter(made_at__lt=now - KEPT, pdf__isnull=False).update(pdf=None)
    PrintRun.objects.filter(confirmed_at__lt=now - OPEN).update(labels=[])
    return PrintRun.objects.filter(confirmed_at=None, asked_at__lt=now - OPEN).delete()[0]


def _drawn(run_id: int) -> bytes:
    run = PrintRun.objects.select_related("store__partner__location").get(pk=run_id)
    labels = [Label.from_json(said) for said in run.labels]
    return sheets(labels, store=run.store, paper=run.paper, language=run.language, at=run.asked_at)
