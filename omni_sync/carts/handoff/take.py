"""A basket arrives at another device: all of what was chosen, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from omni_sync.carts.exceptions import BasketClosed
from omni_sync.carts.fulfilment import choose, newest_choice
from omni_sync.carts.handoff.exceptions import SameBasket
from omni_sync.carts.handoff.find import by_id, checked
from omni_sync.carts.handoff.kept import Kept, Line, Same, add_lines, empty, forget, keep, same
from omni_sync.carts.handoff.live import tell_giver
from omni_sync.carts.handoff.models import HandOff
from omni_sync.carts.merge import cap
from omni_sync.carts.turns import take_turn
from omni_sync.oscar.models import Basket

Choice = HandOff.Choice


@transaction.atomic
def take(*, hand_off_id: int, basket: Any, choice: HandOff.Choice) -> HandOff:
    """Do what was chosen with the basket that was handed over and ``basket``, this device's own; once, whoever tries.

    Of lines that are the same the larger quantity stays, no more than can be had. Where it does not stay, the giving
    device's basket is empty afterwards. ``basket`` needs a strategy, and is saved if it never was.
    Raises HandOffGone, SameBasket, BasketClosed and DifferentCurrencies; nothing is changed then.
    """
    if not basket.pk:
        basket.save()
    giving: Any = Basket.objects.get(pk=by_id(hand_off_id).basket_id)
    if giving.pk == basket.pk:
        raise SameBasket
    lock_both(giving, basket)
    hand_off = checked(HandOff.objects.select_for_update().get(pk=hand_off_id))
    mine, theirs = keep(basket), keep(giving)
    if choice != Choice.MINE:
        _arrive(basket, giving, mine, theirs, instead=choice == Choice.THEIRS)
        if not hand_off.stays:
            empty(giving)
            giving.vouchers.clear()
    hand_off.taken_at, hand_off.taken_by, hand_off.choice = timezone.now(), basket, choice.value
    hand_off.before = {"mine": mine, "theirs": theirs, "after": keep(basket), "left": keep(giving)}
    hand_off.save(update_fields=["taken_at", "taken_by", "choice", "before"])
    tell_giver(hand_off.pk)
    return hand_off


def lock_both(*baskets: Any) -> None:
    """Wait for both, in the order of their numbers. Raises BasketClosed if one of them is being paid for or was."""
    for basket in sorted(baskets, key=lambda each: int(each.pk)):
        if take_turn(basket) not in Basket.editable_statuses:
            raise BasketClosed


def put_together(mine: Sequence[Line], theirs: Sequence[Line]) -> list[Line]:
    """What both are together: of what is the same, the larger quantity."""
    have, want = _units(mine), _units(theirs)
    lines: list[Line] = []
    grown: set[Same] = set()
    for line in mine:
        more = max(want[same(line)] - have[same(line)], 0) if same(line) not in grown else 0
        grown.add(same(line))
        lines.append({**line, "quantity": line["quantity"] + more})
    return [*lines, *(line for line in theirs if same(line) not in have)]


def _units(lines: Sequence[Line]) -> Counter[Same]:
    units: Counter[Same] = Counter()
    for line in lines:
        units[same(line)] += line["quantity"]
    return units


def _arrive(basket: Any, giving: Any, mine: Kept, theirs: Kept, *, instead: bool) -> None:
    place = newest_choice(giving) if instead else newest_choice(basket, giving)
    if not place.is_chosen:
        place = newest_choice(basket)
    empty(basket)
    add_lines(basket, put_together([] if instead else mine["lines"], theirs["lines"]))
    if instead:
        basket.vouchers.clear()
    basket.vouchers.add(*theirs["vouchers"])
    if place.is_chosen:
        choose(basket=basket, place=place.partner)
    cap(basket, basket.lines.filter(product__in=[line["product"] for line in theirs["lines"]]))
    forget(basket)
