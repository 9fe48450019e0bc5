"""A price that can be paid: in whole units of its currency, with tax and without."""

from __future__ import annotations

from copy import copy
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, Any

from oscar.core.prices import Price

from omni_sync.money.exponents import unit
from omni_sync.money.rounding import round_half_up, round_offer

if TYPE_CHECKING:
    from oscar.apps.shipping.methods import TaxInclusiveOfferDiscount as OfferDiscount
else:
    OfferDiscount = object


def in_whole_units(price: Any) -> Any:
    """A strategy's price, with what is paid and the tax in it rounded half up; what is left is the price without tax.

    Oscar's own strategies work the tax of one unit out to four decimals.
    """
    if not price.exists or price.excl_tax is None:
        return price
    whole: Any = copy(price)
    if price.is_tax_known:
        whole.tax = round_half_up(price.tax, price.currency)
        whole.excl_tax = round_half_up(price.incl_tax, price.currency) - whole.tax
    else:
        whole.excl_tax = round_half_up(price.excl_tax, price.currency)
    return whole


class WholeCharge(OfferDiscount):
    """Sending at a reduced charge: the reduction is cut to whole units, as every other discount."""

    def calculate(self, basket: Any) -> Any:
        charge, before = super().calculate(basket), self.method.calculate(basket)
        step = unit(charge.currency)
        if not charge.is_tax_known:
            return Price(charge.currency, _up(charge.excl_tax, step), tax_code=charge.tax_code)
        with_tax = _up(charge.incl_tax, step)
        without = with_tax * before.excl_tax / before.incl_tax if with_tax else with_tax
        return Price(
            charge.currency, round_half_up(without, charge.currency), incl_tax=with_tax, tax_code=charge.tax_code
        )

    def discount(self, basket: Any) -> Any:
        return round_offer(super().discount(basket), self.method.calculate(basket).currency)


def _up(amount: Decimal, step: Decimal) -> Decimal:
    return amount.quantize(step, ROUND_CEILING)
