"""What people say of a style: its stars, and the first of its reviews."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count
from oscar.core.loading import get_model

from shop.storefront.memory import Edition, Memory
from shop.storefront.style import Style

if TYPE_CHECKING:
    from django.db.models import QuerySet

FIRST: Final = 3
STARS: Final = (5, 4, 3, 2, 1)
#: By the word that stands in the address; the first is what is shown without one.
ORDERS: Final = {
    "newest": ("-date_created", "-pk"),
    "helpful": ("-delta_votes", "-date_created", "-pk"),
    "best": ("-score", "-date_created", "-pk"),
    "worst": ("score", "-date_created", "-pk"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Opinion:
    """One approved review; ``by`` is a first name and an initial, empty for somebody who gave none."""

    pk: int
    score: int
    title: str
    body: str
    by: str
    on: datetime
    votes: int
    helpful: int


@dataclass(frozen=True, slots=True)
class Share:
    """How many gave so many stars, and which part of all that is, in percent."""

    stars: int
    count: int
    percent: int


@dataclass(frozen=True, slots=True, eq=False)
class Opinions:
    """All approved reviews of a style in figures, and the ``first`` of them; ``average`` is 0 without any."""

    count: int
    average: float
    shares: tuple[Share, ...]
    first: tuple[Opinion, ...]


def opinions_of(style: Style, edition: Edition) -> Opinions:
    """What is said of ``style``: no query while it is remembered, or nobody rated it, else two."""
    return _opinions.get(style.pk, edition) if style.is_rated else NONE


def opinions_page(style: int, *, order: str, number: str | None) -> "Page[Any]":
    """Page ``number`` (the nearest there is) of the reviews in one of ``ORDERS``; its list holds ``Opinion``s."""
    per_page = settings.OSCAR_REVIEWS_PER_PAGE  # type: ignore[misc]
    pages: Paginator[Any] = Paginator(_approved(style).order_by(*ORDERS[order]), per_page)
    page = pages.get_page(number)
    page.object_list = [_opinion(row) for row in page.object_list]
    return page


def opinion(style: int, pk: int) -> Opinion | None:
    """The approved review with this number, if it is one of ``style``: one query."""
    row = _approved(style).filter(pk=pk).first()
    return _opinion(row) if row else None


def _approved(style: int) -> "QuerySet[Any]":
    reviews: QuerySet[Any] = get_model("reviews", "ProductReview").objects.approved().filter(product=style)
    return reviews.select_related("user")


def _read(style: int) -> Opinions:
    approved = _approved(style)
    counts = dict(approved.order_by("score").values_list("score").annotate(Count("pk")))
    total = sum(counts.values())
    return Opinions(
        count=total,
        average=round(sum(score * count for score, count in counts.items()) / total, 1) if total else 0.0,
        shares=tuple(
            Share(stars, counts.get(stars, 0), round(100 * counts.get(stars, 0) / total) if total else 0)
            for stars in STARS
        ),
        first=tuple(_opinion(row) for row in approved.order_by(*ORDERS["helpful"])[:FIRST]) if total else (),
    )


def _opinion(row: Any) -> Opinion:
    return Opinion(
        pk=row.pk,
        score=row.score,
        title=row.title,
        body=row.body,
        by=_short(row.user.get_full_name() if row.user else row.name),
        on=row.date_created,
        votes=row.total_votes,
        helpful=row.num_up_votes,
    )


def _short(name: str) -> str:
    """Who writes of a shoe need not be found by it: "Sari Wulandari" is Sari W."""
    first, *rest = name.split() or [""]
    return f"{first} {rest[-1][0]}." if rest else first


NONE: Final = Opinions(0, 0.0, (), ())
_opinions: Final = Memory(_read)
