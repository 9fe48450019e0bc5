"""What the page of a return says: the order as it stands, what is chosen, and the sum before anybody taps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from instore.returns.allowed import assert_may_come_back
from instore.returns.exceptions import NothingChosen
from instore.returns.form import DISPOSITION, QUANTITY, REASON, is_gift, lines_in, method_in
from instore.returns.left import Left, LeftLine, left_of
from instore.returns.models import Method
from instore.returns.problems import REFUSALS, told
from instore.returns.shown import ways_in_short
from instore.returns.take_back import Back, Worth, is_manager, worth_of_all
from instore.returns.tenders import Share, shares_of
from instore.returns.worth import ZERO
from instore.staff.guard import OnDuty
from instore.tablet.acts import Unreadable
from instore.tablet.problems import Told, out_of_date
from omni_sync.oscar.models import Order


@dataclass(frozen=True, slots=True)
class Row:
    """A line and what is chosen of it."""

    line: LeftLine
    back: Back

    @property
    def quantities(self) -> range:
        """What can be chosen."""
        return range(self.line.left + 1)

    @property
    def fields(self) -> dict[str, str]:
        """The names of its fields."""
        return {
            "many": f"{QUANTITY}{self.line.pk}",
            "why": f"{REASON}{self.line.pk}",
            "then": f"{DISPOSITION}{self.line.pk}",
        }


@dataclass(frozen=True, slots=True)
class Sum:
    """What goes back for what is chosen, and by which ways; ``ways`` is that in short."""

    worth: Sequence[Worth]
    shares: Sequence[Share]
    amount: Decimal
    ways: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """``refused``: nothing of the order comes back. ``wrong``: not what is chosen. ``sum`` where it can be done.

    ``is_gift``: it is shown to who was given it, so it says no prices.
    """

    left: Left
    rows: tuple[Row, ...]
    method: Method
    refused: Told | None
    wrong: Told | None
    sum: Sum | None
    is_gift: bool = False


def sheet_of(order: Order, *, form: Mapping[str, str], duty: OnDuty) -> Sheet:
    """The page for what ``form`` chooses, which may be nothing."""
    left = left_of(order)
    chosen, method, wrong = _chosen(form, left)
    refused = _refused(left, duty)
    backs = {back.line: back for back in chosen}
    rows = tuple(Row(line, backs.get(line.pk) or Back(line.pk, 0)) for line in left.lines)
    found: Sum | None = None
    if refused is None and wrong is None:
        try:
            found = _sum(left, chosen, method, duty)
        except NothingChosen:
            pass
        except REFUSALS as refusal:
            wrong = told(refusal)
    return Sheet(left, rows, method, refused, wrong, found, is_gift(form))


def _chosen(form: Mapping[str, str], left: Left) -> tuple[list[Back], Method, Told | None]:
    try:
        return lines_in(form, left.lines), method_in(form), None
    except Unreadable:
        return [], Method.ORIGINAL, out_of_date()


def _refused(left: Left, duty: OnDuty) -> Told | None:
    try:
        assert_may_come_back(left, store=duty.store, is_manager=is_manager(duty))
    except REFUSALS as refusal:
        return told(refusal)
    return None


def _sum(left: Left, chosen: Sequence[Back], method: Method, duty: OnDuty) -> Sum:
    worth = worth_of_all(left, chosen)
    amount = sum((one.amount for one in worth), ZERO)
    shares = shares_of(
        amount=amount, tenders=left.tenders, method=method, is_manager=is_manager(duty), currency=left.paper.currency
    )
    return Sum(worth, shares, amount, ways_in_short(method, shares))
