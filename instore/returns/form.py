"""What the form of a return says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Final

from instore.returns.left import LeftLine
from instore.returns.models import LONGEST_KEY, SHORTEST_KEY, Disposition, Method, Reason
from instore.returns.shown import Shown
from instore.returns.take_back import Back
from instore.tablet.acts import LONGEST_INTEGER, Unreadable

#: What stands before a line's number in the names of its fields.
QUANTITY, REASON, DISPOSITION = "many", "why", "then"
GIFT: Final = "gift"
#: A tap that gives nothing back: "sum" shows what would go back, "exchange" goes on with what is chosen.
SHOW: Final = "show"
LONGEST_SUM: Final = 20
LONGEST_WAYS: Final = 1000


def lines_in(form: Mapping[str, str], lines: Iterable[LeftLine]) -> list[Back]:
    """The lines that are to come back. Raises Unreadable."""
    return [back for line in lines if (back := _line(form, line.pk)).quantity]


def method_in(form: Mapping[str, str]) -> Method:
    """How the money shall go back; for a present there is one way. Raises Unreadable."""
    if is_gift(form):
        return Method.VOUCHER
    said = form.get("method") or Method.ORIGINAL.value
    if said not in Method.values:
        raise Unreadable
    return Method(said)


def is_gift(form: Mapping[str, str]) -> bool:
    """Whether the gift receipt was shown: who was given it stands there."""
    return bool(form.get(GIFT))


def gift_in(form: Mapping[str, str]) -> dict[str, str]:
    """The field that says so, to be handed on; none otherwise."""
    return {GIFT: "yes"} if is_gift(form) else {}


def key_in(form: Mapping[str, str]) -> str:
    """The key of the form. Raises Unreadable."""
    key = form.get("nonce", "")
    if not (key.isascii() and key.isprintable() and SHORTEST_KEY <= len(key) <= LONGEST_KEY):
        raise Unreadable
    return key


def sum_in(form: Mapping[str, str]) -> Decimal:
    """The sum that was shown. Raises Unreadable."""
    said = form.get("sum", "")
    try:
        amount = Decimal(said) if len(said) <= LONGEST_SUM else Decimal("NaN")
    except InvalidOperation:
        raise Unreadable from None
    if not amount.is_finite():
        raise Unreadable
    return amount


def shown_in(form: Mapping[str, str]) -> Shown:
    """What stood on the page when somebody tapped. Raises Unreadable."""
    return Shown(sum_in(form), form.get("ways", "")[:LONGEST_WAYS])


def chosen_in(form: Mapping[str, str], lines: Iterable[LeftLine]) -> dict[str, str]:
    """What is chosen, as the fields of another page's form. Raises Unreadable."""
    fields = gift_in(form)
    for back in lines_in(form, lines):
        said = {QUANTITY: str(back.quantity), REASON: back.reason.value, DISPOSITION: back.disposition.value}
        fields |= {f"{name}{back.line}": value for name, value in said.items()}
    return fields | {"method": method_in(form).value}


def _line(form: Mapping[str, str], pk: int) -> Back:
    many = form.get(f"{QUANTITY}{pk}") or "0"
    reason = form.get(f"{REASON}{pk}") or Reason.UNSAID.value
    disposition = form.get(f"{DISPOSITION}{pk}") or Disposition.SELL.value
    is_number = many.isascii() and many.isdigit() and len(many) <= LONGEST_INTEGER
    if not is_number or reason not in Reason.values or disposition not in Disposition.values:
        raise Unreadable
    return Back(pk, int(many), Reason(reason), Disposition(disposition))
