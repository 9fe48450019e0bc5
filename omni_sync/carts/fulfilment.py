"""Deliver, or collect at a store: one choice for the whole basket, which every line follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from omni_sync.carts.exceptions import BasketClosed
from omni_sync.carts.live import tell_basket
from omni_sync.carts.models import Fulfilment
from omni_sync.carts.move import Moved, Stays, move_lines
from omni_sync.carts.turns import take_turn
from omni_sync.oscar.models import Basket, Partner

__all__ = ["Chosen", "choose", "choose_again", "fulfilment_of", "newest_choice"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a choice did: lines that stand at the place now, and those that it does not carry, kept as they are."""

    fulfilment: Fulfilment
    moved: tuple[Moved, ...]
    stays: tuple[Stays, ...]


def fulfilment_of(basket: Any) -> Fulfilment:
    """The basket's choice; where there is none, one that is not ``is_chosen``. One query, remembered on the basket."""
    known: Fulfilment | None = getattr(basket, "_fulfilment", None)
    if known is None:
        known = _read(basket.pk) if basket.pk else Fulfilment()
        basket._fulfilment = known
    return known


def choose(*, basket: Any, place: Partner | None) -> Chosen:
    """Let ``basket`` be collected at ``place``, or delivered where None is given: all of it, under one lock.

    Every line moves to that place's record: its price, its reference; two lines that become the same are one. A line of
    which the place has no record is kept as it is and told of. The basket needs a strategy.
    Raises BasketClosed and DifferentCurrencies; nothing is changed then.
    """
    with transaction.atomic():
        if not basket.pk:
            basket.save()
        if take_turn(basket) not in Basket.editable_statuses:
            raise BasketClosed
        chosen = Fulfilment(
            basket_id=basket.pk,
            mode=Fulfilment.Mode.COLLECT if place else Fulfilment.Mode.DELIVER,
            partner=place,
            chosen_at=timezone.now(),
        )
        with basket.strategy.answering_for(chosen):
            moved, stays = move_lines(basket)
        Fulfilment.objects.bulk_create(
            [chosen],
            update_conflicts=True,
            unique_fields=["basket"],
            update_fields=["mode", "partner", "chosen_at"],
        )
        tell_basket(basket.pk)
    basket._fulfilment = chosen
    basket.reset_offer_applications()
    basket.strategy.forget_place()
    return Chosen(chosen, moved, stays)


def choose_again(*, basket: Any) -> None:
    """Take lines that have come from elsewhere to the place that was chosen, if any was."""
    chosen = _read(basket.pk) if basket.pk else Fulfilment()
    if chosen.is_chosen:
        choose(basket=basket, place=chosen.partner)


def newest_choice(*baskets: Any) -> Fulfilment:
    """What was chosen last for any of ``baskets``."""
    rows = Fulfilment.objects.filter(basket__in=[basket.pk for basket in baskets if basket.pk])
    return rows.select_related("partner").order_by("-chosen_at").first() or Fulfilment()


def _read(basket_id: int) -> Fulfilment:
    return Fulfilment.objects.select_related("partner").filter(basket=basket_id).first() or Fulfilment()
