"""What of an order can still come back: pieces and money, over all channels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from instore.receipts.paper import Paper, PaperLine, paper_of
from instore.returns.tenders import Tender, left_of_all
from instore.returns.through import ways_of
from instore.returns.worth import ZERO, paid_for, worth_of
from omni_sync.oscar.models import Order
from omni_sync.sales.models import ReturnLine


@dataclass(frozen=True, slots=True)
class LeftLine:
    """A line of the order: ``paid`` was paid for all of it, ``back`` went back for ``returned`` pieces."""

    said: PaperLine
    product_id: int | None
    gtin: str
    reference: str
    returned: int
    paid: Decimal
    back: Decimal

    @property
    def pk(self) -> int:
        return self.said.pk

    @property
    def left(self) -> int:
        """How many can still come back."""
        return max(self.said.quantity - self.returned, 0)

    @property
    def money(self) -> Decimal:
        """What is left of what was paid for it."""
        return max(self.paid - self.back, ZERO)

    def worth(self, quantity: int, currency: str) -> Decimal:
        """What so many more of it are worth."""
        return worth_of(quantity=quantity, left=self.left, money=self.money, currency=currency)


@dataclass(frozen=True, slots=True)
class Left:
    """An order as it stands, line by line, and the ways it was paid."""

    order: Order
    paper: Paper
    lines: tuple[LeftLine, ...]
    tenders: tuple[Tender, ...]

    @property
    def money(self) -> Decimal:
        """What was paid and not given back, delivery included."""
        return left_of_all(self.tenders)

    @property
    def pieces(self) -> int:
        """How many pieces can still come back."""
        return sum(line.left for line in self.lines)


def left_of(order: Order, *, lock: bool = False) -> Left:
    """What is left of ``order``, in so many queries however many lines it has; ``lock`` keeps its payments still."""
    paper = paper_of(order)
    rows: dict[int, Any] = {row.pk: row for row in order.lines.all()}
    paid = paid_for(
        total=paper.total - order.shipping_incl_tax,
        amounts=[line.gross for line in paper.lines],
        currency=paper.currency,
    )
    came = _came_back(order, paper.lines, rows)
    lines = tuple(
        LeftLine(
            said=line,
            product_id=rows[line.pk].product_id,
            gtin=rows[line.pk].upc or "",
            reference=rows[line.pk].partner_line_reference or "",
            returned=came[line.pk][0],
            paid=amount,
            back=came[line.pk][1],
        )
        for line, amount in zip(paper.lines, paid, strict=True)
    )
    return Left(order, paper, lines, tuple(ways_of(order, lock=lock)))


def _came_back(order: Order, lines: Sequence[PaperLine], rows: dict[int, Any]) -> dict[int, tuple[int, Decimal]]:
    """Pieces and money by line. A till names the line of its sale, or the article alone: then it is of the first
    lines of it that are not all back, and what is too much is of the last."""
    known = ReturnLine.objects.filter(sale_return__order=order, sale_return__voided_at=None).order_by("pk")
    pieces: dict[int, int] = defaultdict(int)
    money: dict[int, Decimal] = defaultdict(Decimal)
    for own, reference, sku, product, quantity, amount in known.values_list(
        "taken_back__order_line", "original_line", "sku", "product", "quantity", "amount"
    ):
        meant = [line for line in lines if own == line.pk] or _meant(lines, rows, reference, sku, product)
        rest, sums = quantity, amount
        for line in meant:
            is_last = line is meant[-1]
            part = rest if is_last else min(rest, max(line.quantity - pieces[line.pk], 0))
            share = sums if is_last or part == rest else worth_of(
                quantity=part, left=rest, money=sums, currency=order.currency
            )  # fmt: skip
            pieces[line.pk] += part
            money[line.pk] += share
            rest, sums = rest - part, sums - share
            if not rest:
                break
    return {line.pk: (pieces[line.pk], money[line.pk]) for line in lines}


def _meant(
    lines: Sequence[PaperLine], rows: dict[int, Any], reference: str, sku: str, product: int | None
) -> list[PaperLine]:
    named = [line for line in lines if reference and rows[line.pk].partner_line_reference == reference]
    if len(named) == 1 and (not sku or named[0].sku == sku):
        return named
    same = [line for line in lines if (sku and line.sku == sku) or (product and rows[line.pk].product_id == product)]
    return same or named
