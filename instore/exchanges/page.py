"""What the page of an exchange says: what comes back, what can go out, and the difference before anybody taps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from instore.exchanges.articles import Article, Family, Option, articles_at, families_of
from instore.exchanges.exceptions import NoneLeft, NothingTaken
from instore.exchanges.exchange import sum_of
from instore.exchanges.form import OUT, outs_in, pay_in
from instore.exchanges.prices import Going, Out, going_out
from instore.exchanges.problems import REFUSALS, told
from instore.returns.allowed import assert_may_come_back
from instore.returns.form import DISPOSITION, GIFT, QUANTITY, REASON, is_gift, lines_in, method_in
from instore.returns.left import Left, left_of
from instore.returns.models import Method
from instore.returns.take_back import Back, Worth, is_manager, worth_of_all
from instore.returns.tenders import CASH, Share, shares_of
from instore.returns.worth import ZERO
from instore.staff.guard import OnDuty
from instore.stores.models import Store
from instore.tablet.acts import Unreadable
from instore.tablet.owed import Method as Pay
from instore.tablet.problems import Told, out_of_date
from omni_sync.oscar.models import Order


@dataclass(frozen=True, slots=True)
class Asked:
    """What is chosen so far."""

    backs: Sequence[Back] = ()
    outs: Sequence[Out] = ()
    method: Method = Method.ORIGINAL
    pay: Pay = Pay.CASH
    is_gift: bool = False

    @property
    def fields(self) -> list[tuple[str, str]]:
        """What comes back and what goes out, as the fields of a form say it."""
        return [*self.coming, *((f"{OUT}{one.product}", str(one.quantity)) for one in self.outs)]

    @property
    def coming(self) -> list[tuple[str, str]]:
        """What comes back, and whether it was a present."""
        gift = [(GIFT, "yes")] if self.is_gift else []
        return gift + [
            (f"{name}{back.line}", str(value))
            for back in self.backs
            for name, value in ((QUANTITY, back.quantity), (REASON, back.reason), (DISPOSITION, back.disposition))
        ]

    def with_out(self, product: int, quantity: int) -> str:
        """The query of the same page with so many of this article going out."""
        outs = {one.product: one.quantity for one in self.outs} | {product: quantity}
        going = [(f"{OUT}{pk}", str(many)) for pk, many in outs.items() if many]
        return urlencode([*self.coming, *going, ("method", self.method.value)])

    @property
    def back(self) -> str:
        """The query of the page of the return, with the same chosen."""
        return urlencode([*self.coming, ("method", self.method.value)])

    @property
    def in_cash(self) -> str:
        """The query of the same page with the difference going back in cash."""
        return urlencode([*self.fields, ("method", Method.CASH.value)])


@dataclass(frozen=True, slots=True)
class Choice:
    """One tap: an option of a style, what ``query`` the tap leads to, how many of it are chosen, and whether it is
    what came back itself."""

    option: Option
    query: str
    chosen: int
    came: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """An article that goes out, with the queries of the page with one more or one less of it."""

    article: Article
    quantity: int
    more: str
    less: str


@dataclass(frozen=True, slots=True)
class Summary:
    """``difference`` is to pay, below nothing to give back, by ``shares``."""

    worth: Sequence[Worth]
    going: Sequence[Going]
    amount: Decimal
    costs: Decimal
    shares: Sequence[Share]

    @property
    def difference(self) -> Decimal:
        return self.costs - self.amount

    @property
    def to_give(self) -> Decimal:
        """What goes back."""
        return max(-self.difference, ZERO)

    @property
    def to_pay(self) -> Decimal:
        """What is due."""
        return max(self.difference, ZERO)

    @property
    def is_in_cash(self) -> bool:
        """All that goes back goes back in cash."""
        return all(share.tender.code == CASH for share in self.shares)


@dataclass(frozen=True, slots=True)
class Page:
    """``refused``: nothing of the order comes back. ``wrong``: not what is chosen. ``summary`` where it can be done."""

    left: Left
    asked: Asked
    coming: Sequence[Worth]
    families: Sequence[tuple[Family, Sequence[Choice]]]
    chosen: Sequence[Chosen]
    refused: Told | None
    wrong: Told | None
    summary: Summary | None


def page_of(order: Order, *, form: Mapping[str, str], duty: OnDuty) -> Page:
    """The page for what ``form`` chooses."""
    left = left_of(order)
    asked, wrong = asked_in(form, left)
    products = {line.pk: line.product_id for line in left.lines}
    came = [product for back in asked.backs if (product := products[back.line])]
    articles = articles_at(duty.store, {*came, *(one.product for one in asked.outs)})
    coming, refused, summary = [], None, None
    try:
        assert_may_come_back(left, store=duty.store, is_manager=is_manager(duty))
    except REFUSALS as refusal:
        refused = told(refusal)
    if refused is None and wrong is None:
        try:
            coming = worth_of_all(left, asked.backs)
            summary = _summary(left, asked, coming, articles, duty)
        except NothingTaken:
            pass
        except REFUSALS as refusal:
            wrong = told(refusal)
    return Page(
        left=left,
        asked=asked,
        coming=coming,
        families=_families(asked, came, products, duty.store),
        chosen=[_chosen(asked, articles[one.product], one.quantity) for one in asked.outs if one.product in articles],
        refused=refused,
        wrong=wrong,
        summary=summary,
    )


def asked_in(form: Mapping[str, str], left: Left) -> tuple[Asked, Told | None]:
    """What ``form`` chooses; nothing, and why, where it is none of ours."""
    try:
        return Asked(lines_in(form, left.lines), outs_in(form), method_in(form), pay_in(form), is_gift(form)), None
    except Unreadable:
        return Asked(is_gift=is_gift(form)), out_of_date()


def _summary(
    left: Left, asked: Asked, coming: Sequence[Worth], articles: Mapping[int, Article], duty: OnDuty
) -> Summary:
    currency = left.paper.currency
    going = going_out(asked.outs, articles=articles, worth=coming, currency=currency)
    for one in asked.outs:
        article = articles[one.product]
        if article.left is not None and article.left < one.quantity:
            raise NoneLeft(article.title, article.left)
    amount, costs = sum((one.amount for one in coming), ZERO), sum_of(going)
    shares = shares_of(
        amount=max(amount - costs, ZERO),
        tenders=left.tenders,
        method=asked.method,
        is_manager=is_manager(duty),
        currency=currency,
    )
    return Summary(coming, going, amount, costs, shares)


def _families(
    asked: Asked, came: Sequence[int], products: Mapping[int, int | None], store: Store
) -> list[tuple[Family, list[Choice]]]:
    """One tap lets as many of a size go out as came back of its style."""
    if not came:
        return []
    outs = {one.product: one.quantity for one in asked.outs}
    pieces = dict.fromkeys(came, 0)
    for back in asked.backs:
        pieces[products[back.line] or 0] = pieces.get(products[back.line] or 0, 0) + back.quantity
    found = []
    for family in families_of(came, store):
        ours = [one.product_id for one in family.options]
        many = sum(pieces.get(pk, 0) for pk in ours) - sum(outs.get(pk, 0) for pk in ours)
        found.append((family, [_choice(asked, one, max(many, 1), outs, pieces) for one in family.options]))
    return found


def _choice(asked: Asked, option: Option, many: int, outs: Mapping[int, int], pieces: Mapping[int, int]) -> Choice:
    chosen = outs.get(option.product_id, 0)
    wanted = chosen + min(many, max(option.here - chosen, 0))
    return Choice(option, asked.with_out(option.product_id, wanted), chosen, option.product_id in pieces)


def _chosen(asked: Asked, article: Article, quantity: int) -> Chosen:
    pk = article.product_id
    return Chosen(article, quantity, asked.with_out(pk, quantity + 1), asked.with_out(pk, quantity - 1))
