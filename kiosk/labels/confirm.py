"""Somebody says that the labels hang on the shelves: only then are they no longer in the queue."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.utils import timezone

from kiosk.labels.exceptions import NotMade
from kiosk.labels.models import PrintRun
from omni_sync.transactions import inside_transaction


@inside_transaction
def confirm(*, run: PrintRun, by: Any = None) -> bool:
    """From now on the queue takes the run's labels for what hangs there, as they were printed; False the second time.

    What a later run has put there already stays. Raises NotMade.
    """
    made = PrintRun.objects.filter(pk=run.pk, made_at__isnull=False)
    if not made.filter(confirmed_at=None).update(confirmed_at=timezone.now(), confirmed_by=by):
        if not made.exists():
            raise NotMade
        return False
    with connection.cursor() as cursor:
        cursor.execute(_HANG, {"run": run.pk, "by": getattr(by, "pk", None)})
    return True


_HANG = """
    INSERT INTO kiosk_printedlabel AS known (store_id, product_id, says, printed_at, by_id)
    SELECT run.store_id, p.id, said, run.asked_at, %(by)s
      FROM kiosk_printrun run, jsonb_array_elements(run.labels) said
      JOIN catalogue_product p ON p.id = (said->>'product')::bigint
     WHERE run.id = %(run)s
     ORDER BY p.id
        ON CONFLICT (store_id, product_id) DO UPDATE
       SET says = excluded.says, printed_at = excluded.printed_at, by_id = excluded.by_id
     WHERE known.printed_at <= excluded.printed_at
"""
