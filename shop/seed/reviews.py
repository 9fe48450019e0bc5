"""Reviews of the goods, by people of the demo, approved."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from django.db import transaction
from oscar.core.loading import get_model

from omni_sync.oscar.models import Product
from shop.seed.day import Day
from shop.seed.opinions import Opinion
from shop.seed.opinions.clothes import CLOTHES
from shop.seed.opinions.shoes import SHOES
from shop.seed.people import PEOPLE, Human, accounts
from shop.seed.styles import STYLES, Style

Review = get_model("reviews", "ProductReview")
OPINIONS = {**CLOTHES, **SHOES}


class Said(NamedTuple):
    """An opinion of one page, by somebody, so many days ago; ``code`` is Oscar's, and ours for good."""

    code: str
    style: Style
    opinion: Opinion
    human: Human
    days: int


def are_written(styles: Sequence[Style]) -> bool:
    """Whether nobody has anything left to say of ``styles``."""
    return not _missing(styles)


@transaction.atomic
def write(styles: Sequence[Style], day: Day) -> None:
    """Write what is missing of the opinions of ``styles``, and give the products their rating."""
    users = accounts()
    products = {product.code: product for product in Product.objects.filter(code__in=[style.key for style in styles])}
    said = _missing(styles)
    rows = Review.objects.bulk_create(_review(one, products[one.style.key], users) for one in said)
    for one, row in zip(said, rows, strict=True):
        row.date_created = day.midnight - timedelta(days=one.days, hours=one.days % 11)  # Oscar says now
    Review.objects.bulk_update(rows, ["date_created"])
    for key in sorted({one.style.key for one in said}):
        products[key].update_rating()


def _missing(styles: Sequence[Style]) -> list[Said]:
    keys = {style.key for style in styles}
    wanted = [one for one in _all() if one.style.key in keys]
    known = set(Review.objects.filter(code__in=[one.code for one in wanted]).values_list("code", flat=True))
    return [one for one in wanted if one.code not in known]


def _all() -> Iterator[Said]:
    """Each opinion of a style goes to one of its colours, and to somebody who speaks its language."""
    pages: dict[str, list[Style]] = {}
    for style in STYLES:
        pages.setdefault(style.code, []).append(style)
    speakers = {language: [human for human in PEOPLE if human.language == language] for language in ("en", "id")}
    turn = dict.fromkeys(speakers, 0)
    for code in sorted(pages):
        for n, opinion in enumerate(OPINIONS.get(code, ())):
            turn[opinion.language] += 1
            human = speakers[opinion.language][turn[opinion.language] % len(speakers[opinion.language])]
            days = 3 + 11 * sum(turn.values()) % 97
            yield Said(f"seed-{code}-{n}", pages[code][n % len(pages[code])], opinion, human, days)


def _review(said: Said, product: Any, users: Mapping[str, Any]) -> Any:
    """By the account, where there is one; else with name and address, as a guest."""
    human = said.human
    user = users.get(human.first_name) if human.has_account else None
    return Review(
        product=product,
        user=user,
        name="" if user else human.name,
        email="" if user else human.email,
        score=said.opinion.score,
        title=said.opinion.title,
        body=said.opinion.body,
        status=Review.APPROVED,
        code=said.code,
    )
