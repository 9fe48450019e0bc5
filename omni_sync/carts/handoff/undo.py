"""A basket goes back to where it came from."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from omni_sync.carts.exceptions import BasketClosed
from omni_sync.carts.handoff.exceptions import TooLateToUndo
from omni_sync.carts.handoff.kept import keep, put_back
from omni_sync.carts.handoff.live import tell_giver
from omni_sync.carts.handoff.models import UNDO, HandOff
from omni_sync.carts.handoff.take import lock_both
from omni_sync.oscar.models import Basket


@transaction.atomic
def undo(*, hand_off_id: int, basket: Any) -> HandOff:
    """Let both baskets be what they were before ``basket`` took the other one; once.

    Raises TooLateToUndo after ten minutes, or when one of them was changed since: nothing is lost that way.
    """
    since = timezone.now() - UNDO
    rows = HandOff.objects.filter(pk=hand_off_id, taken_by=basket.pk, taken_at__gt=since, undone_at=None)
    known = rows.first()
    if known is None:
        raise TooLateToUndo
    giving: Any = Basket.objects.get(pk=known.basket_id)
    try:
        lock_both(giving, basket)
    except BasketClosed as reason:
        raise TooLateToUndo from reason
    hand_off = rows.select_for_update().first()
    if hand_off is None or not _as_it_was_left(hand_off, giving, basket):
        raise TooLateToUndo
    before: Any = hand_off.before
    put_back(basket, before["mine"])
    if keep(giving) != _read(before["theirs"]):
        put_back(giving, before["theirs"])
    hand_off.undone_at, hand_off.before = timezone.now(), None
    hand_off.save(update_fields=["undone_at", "before"])
    tell_giver(hand_off.pk)
    return hand_off


def _as_it_was_left(hand_off: HandOff, giving: Any, basket: Any) -> bool:
    before: Any = hand_off.before
    return bool(before) and keep(basket) == _read(before["after"]) and keep(giving) == _read(before["left"])


def _read(kept: Any) -> Any:
    """JSON makes lists of pairs."""
    lines = [{**line, "options": [tuple(option) for option in line["options"]]} for line in kept["lines"]]
    return {**kept, "lines": lines}
