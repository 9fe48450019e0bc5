"""Does a document add up? The arithmetic of DOMAIN R7, without a rounding of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

ZERO = Decimal(0)


class Line(NamedTuple):
    """The money of one line: its amount after its own discount, and the tax on it."""

    amount: Decimal
    tax: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Flag:
    """One sum that did not come out: what the parts make (``expected``) and what the document says (``given``)."""

    sum: Literal["total", "payments"]
    expected: Decimal
    given: Decimal

    @property
    def difference(self) -> Decimal:
        return self.given - self.expected


def total_of(
    *,
    lines: Iterable[Line],
    tax_included: bool,
    discount: Decimal = ZERO,
    shipping: Decimal = ZERO,
    rounding: Decimal = ZERO,
) -> Decimal:
    """Σ amounts (+ Σ tax where it is not included), less the discount, plus shipping and rounding."""
    parts = sum((line.amount if tax_included else line.amount + line.tax for line in lines), ZERO)
    return parts - discount + shipping + rounding


def check(
    *,
    lines: Iterable[Line],
    tax_included: bool,
    total: Decimal,
    payments: Iterable[Decimal] | None,
    discount: Decimal = ZERO,
    shipping: Decimal = ZERO,
    rounding: Decimal = ZERO,
) -> list[Flag]:
    """The sums of a document that do not come out; an empty list when it adds up to the last unit.

    ``payments`` is None for an order that is not paid yet: it has something due, which is no fault.
    """
    flags: list[Flag] = []
    made = total_of(lines=lines, tax_included=tax_included, discount=discount, shipping=shipping, rounding=rounding)
    if made != total:
        flags.append(Flag("total", expected=made, given=total))
    if payments is not None and (paid := sum(payments, ZERO)) != total:
        flags.append(Flag("payments", expected=total, given=paid))
    return flags
