"""An offer's discount in whole units of the currency, on every line with tax and without.

Oscar works a percentage out to as many decimals as it takes, line by line, and rounds the basket to two: the lines then
miss the total by a cent, and a rupiah has sen that nobody can pay.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from omni_sync.money.allocation import allocate
from omni_sync.money.rounding import round_half_up, round_offer

if TYPE_CHECKING:
    from oscar.apps.basket.utils import LineDiscountRegistry
    from oscar.apps.offer.applicator import Applicator
else:
    Applicator = LineDiscountRegistry = object

ZERO: Final = Decimal(0)


class SharedOffers(Applicator):
    """Applies offers as the shop does; then the sum of each is cut to whole units and shared over its lines."""

    def apply_offers(self, basket: Any, offers: Any) -> None:
        lines = list(basket.all_lines()) if offers else []  # a page without offers need not read them
        for line in lines:
            line.discounts.unsettle()
        super().apply_offers(basket, offers)
        given = share(lines)
        for application in basket.offer_applications:
            if application["result"].affects_basket:
                application["discount"] = given.get(application["offer"].pk, application["discount"])


class WholeDiscounts(LineDiscountRegistry):
    """What an offer takes off a line; once it is settled, in whole units with tax *and* without, as the line asks."""

    _line: Any
    _discounts: list[Any]
    _both: tuple[Decimal, Decimal] | None = None

    @property
    def excl_tax(self) -> Any:
        return super().excl_tax if self._both is None else self._both[1]

    @property
    def incl_tax(self) -> Any:
        return super().incl_tax if self._both is None else self._both[0]

    def unsettle(self) -> None:
        """Count as Oscar does: more offers may follow."""
        self._both = None

    def settle(self, amounts: Iterable[Decimal]) -> None:
        """Take ``amounts`` off, one for each discount there is; the tax goes down with the price."""
        self._discounts = [one._replace(amount=amount) for one, amount in zip(self._discounts, amounts, strict=True)]
        self._discount_excl_tax = self._discount_incl_tax = None
        line, off = self._line, self.total
        if not off or not line.is_tax_known or not line.line_price_incl_tax:
            return
        with_tax, without = line.line_price_incl_tax, line.line_price_excl_tax
        is_with_tax = self._discounts[0].incl_tax
        whole, other = (with_tax, without) if is_with_tax else (without, with_tax)
        beside = other - round_half_up((whole - off) * other / whole, line.price_currency)
        self._both = (off, beside) if is_with_tax else (beside, off)


def share(lines: Iterable[Any]) -> dict[int, Decimal]:
    """Settle every line's discounts; what each offer gives, by its id.

    No line is discounted below nothing: what several offers round up beyond its price is not given.
    """
    ours = [line for line in lines if line.discounts.all()]
    if not ours:
        return {}
    currency = ours[0].price_currency
    entries = [(at, one) for at, line in enumerate(ours) for one in line.discounts.all()]
    by_offer: dict[int | None, list[int]] = {}
    for place, (_, one) in enumerate(entries):
        by_offer.setdefault(one.offer.pk if one.offer else None, []).append(place)
    amounts = [ZERO] * len(entries)
    room = [_price(line) for line in ours]
    given: dict[int, Decimal] = {}
    for offer, places in by_offer.items():
        exact = [Decimal(entries[place][1].amount) for place in places]
        shares = allocate(total=round_offer(sum(exact, ZERO), currency), weights=exact, currency=currency)
        for place, share in zip(places, shares, strict=True):
            amounts[place] = min(share, room[entries[place][0]])
            room[entries[place][0]] -= amounts[place]
        if offer is not None:
            given[offer] = sum((amounts[place] for place in places), ZERO)
    for at, line in enumerate(ours):
        line.discounts.settle([amount for (of, _), amount in zip(entries, amounts, strict=True) if of == at])
    return given


def _price(line: Any) -> Decimal:
    """The price that the line's discounts are taken off."""
    with_tax = line.discounts.all()[0].incl_tax
    price: Decimal = line.line_price_incl_tax if with_tax else line.line_price_excl_tax
    return price
