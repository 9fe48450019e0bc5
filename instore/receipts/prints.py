"""How often a receipt was printed. The first print is the original, every other one a copy."""

from __future__ import annotations

from django.db import connection

from instore.receipts.models import Receipt

COUNT = "UPDATE instore_receipt SET printed = printed + 1 WHERE order_id = %s RETURNING printed"


def count_print(*, receipt: Receipt) -> int:
    """Which print this is: of two at once one is the first. Reading on a screen is no print."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [receipt.pk])
        (which,) = cursor.fetchone()
    receipt.printed = which
    return int(which)
