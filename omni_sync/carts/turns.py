"""Whoever changes a basket waits for its row, once."""

from __future__ import annotations

from typing import Any

from omni_sync.oscar.models import Basket
from omni_sync.transactions import inside_transaction


@inside_transaction
def take_turn(basket: Any) -> str:
    """Wait until nobody else changes ``basket``; its status now, empty where it is gone.

    Its lines are to be read after this: what was read before may be old.
    """
    # no_key: a line or an order that is being written refers to this row, and must not have to wait for us.
    rows = Basket.objects.select_for_update(no_key=True).filter(pk=basket.pk)
    return rows.values_list("status", flat=True).first() or ""
