"""What goods cost that go out for others.

A piece of the style that came back goes out at what was paid for that, with its tax, as long as both cost the same
here today: whoever bought on sale gets another size for nothing. Everything else goes out at today's price.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from instore.exchanges.articles import Article
from instore.exchanges.exceptions import NotForSale, NothingTaken
from instore.returns.take_back import Worth
from instore.returns.worth import ZERO
from omni_sync.money.exponents import unit
from omni_sync.money.parts import part_of
from omni_sync.money.rounding import round_half_up


@dataclass(frozen=True, slots=True)
class Out:
    """So many of an article go out."""

    product: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Going:
    """So many of ``article`` for ``amount``, with the ``tax`` in it; ``as_paid``: at what was paid for what came back.

    ``each`` is its price before it was reduced.
    """

    article: Article
    quantity: int
    each: Decimal
    amount: Decimal
    tax: Decimal
    tax_code: str
    as_paid: bool


@dataclass
class _Pieces:
    """What is left of a line that came back to be taken in another size."""

    worth: Worth
    quantity: int
    amount: Decimal
    tax: Decimal

    def take(self, quantity: int, currency: str) -> tuple[Decimal, Decimal]:
        """The amount and the tax of so many; the last takes the rest."""
        amount = part_of(self.amount, units=quantity, of=self.quantity, currency=currency) if self.amount else ZERO
        tax = part_of(self.tax, units=quantity, of=self.quantity, currency=currency) if self.tax else ZERO
        self.quantity, self.amount, self.tax = self.quantity - quantity, self.amount - amount, self.tax - tax
        return amount, min(tax, amount)


def going_out(
    wanted: Sequence[Out], *, articles: Mapping[int, Article], worth: Sequence[Worth], currency: str
) -> list[Going]:
    """The lines of what goes out. Raises NothingTaken, and NotForSale for what has no price here."""
    pools = _pools(worth, articles, currency)
    found = [going for out in wanted if out.quantity > 0 for going in _going(out, articles, pools, currency)]
    if not found:
        raise NothingTaken
    return found


def _pools(worth: Sequence[Worth], articles: Mapping[int, Article], currency: str) -> list[tuple[Article, _Pieces]]:
    """What came back of styles that we know, in its order."""
    return [
        (article, _Pieces(one, one.back.quantity, one.amount, _tax_in(one, currency)))
        for one in worth
        if (article := articles.get(one.line.product_id or 0)) is not None
    ]


def _tax_in(one: Worth, currency: str) -> Decimal:
    """The part of the line's tax that is in what is given for it."""
    said = one.line.said
    return round_half_up(one.amount * said.tax / said.gross, currency) if said.gross else ZERO


def _going(
    out: Out, articles: Mapping[int, Article], pools: Sequence[tuple[Article, _Pieces]], currency: str
) -> Iterator[Going]:
    article = articles.get(out.product)
    if article is None or article.price is None or article.currency != currency:
        raise NotForSale(article.title if article else "")
    missing = out.quantity
    for came, pieces in pools:
        part = min(missing, pieces.quantity) if _is_alike(came, article) else 0
        if part:
            yield _as_paid(article, part, pieces, currency)
            missing -= part
    if missing:
        price, tax = article.price, article.tax
        yield Going(article, missing, price, price * missing, tax * missing, article.tax_code, as_paid=False)


def _is_alike(came: Article, goes: Article) -> bool:
    """Of one style, and at one price here today; what this store does not sell has none to compare."""
    return came.style_id == goes.style_id and came.price in (None, goes.price)


def _as_paid(article: Article, quantity: int, pieces: _Pieces, currency: str) -> Going:
    amount, tax = pieces.take(quantity, currency)
    said = pieces.worth.line.said
    least = (amount / quantity / unit(currency)).to_integral_value(ROUND_CEILING) * unit(currency)
    each = said.unit_price if said.tax == ZERO or said.gross == said.amount else ZERO  # the price with tax in it
    return Going(article, quantity, max(each, least), amount, tax, said.rate, as_paid=True)
