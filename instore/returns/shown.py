"""What stood on the page when somebody tapped: the sum, and the ways by which it goes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from instore.returns.exceptions import OtherSum, OtherWay
from instore.returns.models import Method
from instore.returns.tenders import Share


@dataclass(frozen=True, slots=True)
class Shown:
    """What was agreed to. ``ways`` is what ``ways_in_short`` made of them."""

    amount: Decimal
    ways: str


def ways_in_short(method: Method, shares: Sequence[Share]) -> str:
    """The choice and every way with its part: the same for the same, whatever else differs."""
    parts = (f"{share.tender.code}={share.amount.normalize():f}" for share in shares)
    return " ".join([method.value, *parts])


def assert_sum_as_shown(shown: Shown | None, amount: Decimal, currency: str) -> None:
    """Raises OtherSum where another one stood on the page."""
    if shown is not None and shown.amount != amount:
        raise OtherSum(amount, currency)


def assert_ways_as_shown(shown: Shown | None, method: Method, shares: Sequence[Share]) -> None:
    """Raises OtherWay where another one stood on the page."""
    if shown is not None and shown.ways != ways_in_short(method, shares):
        raise OtherWay
