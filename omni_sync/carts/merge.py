"""Two baskets become one: the larger quantity of each line, no more than can be had, and no line is lost."""

from __future__ import annotations

from collections import Counter
from typing import Any

from omni_sync.carts.fulfilment import choose, newest_choice


def go_to_one_place(master: Any, slave: Any) -> None:
    """Let both baskets stand where the shopper chose last, so that what is the same is one line."""
    chosen = newest_choice(master, slave)
    if not chosen.is_chosen:
        return
    master.strategy = slave.strategy
    for basket in (master, slave):
        choose(basket=basket, place=chosen.partner)


def cap(basket: Any, lines: Any) -> None:
    """Lower ``lines`` (a queryset) to what can be had, those of one record summed; what is sold out stays, as one unit.

    The basket needs a strategy.
    """
    taken: Counter[int] = Counter()
    for line in lines.select_related("stockrecord", "product__product_class", "product__parent__product_class"):
        line.basket = basket
        available = getattr(basket.strategy.fetch_for_line(line).availability, "num_available", line.quantity)
        quantity = max(min(line.quantity, available - taken[line.stockrecord_id]), 1)
        taken[line.stockrecord_id] += quantity
        if quantity != line.quantity:
            line.quantity = quantity
            line.save()
    basket._lines = None
