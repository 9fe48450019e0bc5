"""What the form for goods without a receipt says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import get_language

from instore.returns.exceptions import NothingChosen, NotSaidWhy
from instore.returns.models import Disposition, Method, Reason
from instore.returns.shown import ways_in_short
from instore.returns.tenders import Share, Tender
from instore.returns.unlinked import Article, Brought, assert_price
from instore.tablet.acts import LONGEST_INTEGER, Unreadable
from omni_sync.money.typed import read_money

MOST: Final = 99
LONGEST: Final = 200
#: How money goes back of which nobody knows how it came.
BY_HAND: Final = (Method.CASH, Method.VOUCHER)
FIELDS: Final = ("many", "each", "why", "then", "method", "note")
BLANK: Final = {"many": "1", "method": Method.CASH.value}


@dataclass(frozen=True, slots=True)
class Given:
    """What goes back for so many, each for as much, in one way."""

    quantity: int
    each: Decimal
    method: Method

    @property
    def amount(self) -> Decimal:
        return self.each * self.quantity

    @property
    def shares(self) -> list[Share]:
        """The one way."""
        return [Share(Tender(self.method.value, self.method.value, Decimal(0)), self.amount)]

    @property
    def ways(self) -> str:
        return ways_in_short(self.method, self.shares)


def typed_in(form: Mapping[str, str]) -> dict[str, str]:
    """What stands in the fields, as it was typed, to stand there again."""
    return BLANK | {name: form[name].replace("\x00", "")[:LONGEST] for name in FIELDS if form.get(name)}


def given_in(typed: Mapping[str, str], article: Article) -> Given:
    """What would go back for it. Raises AboveThePrice, InvalidAmount, NothingChosen, Unreadable."""
    many, method = typed.get("many", ""), typed.get("method", "")
    if method not in BY_HAND:
        raise Unreadable
    if not (many.isascii() and many.isdigit() and len(many) <= LONGEST_INTEGER and 0 < int(many) <= MOST):
        raise NothingChosen
    each = read_money(typed.get("each", ""), article.currency, get_language() or "en")
    assert_price(article, each=each)
    return Given(int(many), each, Method(method))


def brought_in(typed: Mapping[str, str], given: Given) -> Brought:
    """What comes back for ``given``, with why. Raises NotSaidWhy, Unreadable."""
    reason, disposition = typed.get("why", ""), typed.get("then", "")
    if reason not in Reason.values or disposition not in Disposition.values:
        raise Unreadable
    if not (note := " ".join(typed.get("note", "").split())):
        raise NotSaidWhy
    return Brought(given.quantity, given.each, Reason(reason), Disposition(disposition), note, given.method)
