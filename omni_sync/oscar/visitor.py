"""A basket that a device of ours keeps for whoever is served there: no cookie, no account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from oscar.core.loading import get_class

from omni_sync.oscar.models import Basket


@dataclass(slots=True)
class Visitor:
    """As much of a request as a strategy asks: whose basket it is."""

    _basket_cache: Any
    COOKIES: Mapping[str, str] = field(default_factory=dict)


def visitors_basket(pk: int | None) -> Any:
    """The open basket with this number that is nobody's account's, else a new one that is not saved; able to price."""
    known = Basket.open.filter(pk=pk, owner=None).first() if pk else None
    basket: Any = known or Basket()
    strategy = get_class("partner.strategy", "Selector")().strategy()
    strategy.shopper = Visitor(basket)
    basket.strategy = strategy
    return basket
