"""What stands beside a product: what goes with it, and what somebody looked at before."""

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import Case, Q, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe
from oscar.core.loading import get_model

from instore.stores.queries import read_rows
from shop.storefront.memory import Edition, Memory, edition_of
from shop.storefront.reviews import public_style
from shop.storefront.seen import forget_looks, looked_at
from shop.storefront.shelf import Card, browsable, cards
from shop.storefront.style import Style

ROW: Final = 4
MOST: Final = 12
#: How many of the last orders of a product are asked what else was in them.
ORDERS: Final = 300


def goes_with(style: Style, edition: Edition, *, count: int = ROW) -> list[Card]:
    """Cards of what goes with ``style``, never another colour of it.

    What the merchant recommends, then what was bought together with it, then what is new on its shelves. Four queries,
    two while what goes with it is remembered.
    """
    return in_order(_beside.get((style.pk, style.design), edition)[:count], edition)


def in_order(products: Sequence[int], edition: Edition) -> list[Card]:
    """A card for each of ``products`` that may stand on a shelf, in this order: two queries, none for none."""
    if not products:
        return []
    place = Case(*(When(pk=pk, then=number) for number, pk in enumerate(products)))
    return cards(browsable().filter(pk__in=products).order_by(place), edition=edition)


@require_safe
def goes_with_page(request: HttpRequest, product_slug: str, pk: str) -> HttpResponse:
    """What goes with a style: a row for a page that is open, else a page."""
    style = public_style(request, int(pk))
    is_part = bool(request.headers.get("HX-Request"))
    found = goes_with(style, edition_of(request), count=ROW if is_part else MOST)
    return _answer(request, "goes_with", is_part=is_part, context={"style": style, "cards": found})


@require_safe
def seen(request: HttpRequest) -> HttpResponse:
    """What somebody looked at, the last one first; ``but`` is the number of the style whose page it stands on."""
    but = request.GET.get("but", "")
    is_part = bool(request.headers.get("HX-Request"))
    styles = [pk for pk in looked_at(request) if str(pk) != but]
    found = in_order(styles[: ROW if is_part else 2 * MOST], edition_of(request))
    return _answer(request, "seen", is_part=is_part, context={"cards": found})


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Forget what this browser and this member looked at."""
    response = redirect("shop-seen")
    forget_looks(request, response)
    return response


def _answer(request: HttpRequest, name: str, *, is_part: bool, context: dict[str, Any]) -> HttpResponse:
    template = f"shop/storefront/parts/{name}.html" if is_part else f"shop/storefront/{name}.html"
    response = render(request, template, context)
    response.headers["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["HX-Request"])
    return response


def _read(key: tuple[int, str]) -> tuple[int, ...]:
    style, design = key
    wanted = get_model("catalogue", "ProductRecommendation").objects.filter(primary=style)
    told = list(wanted.order_by("-ranking", "pk").values_list("recommendation", flat=True)[:MOST])
    together = [row[0] for row in read_rows(_TOGETHER, {"style": style, "orders": ORDERS, "most": MOST})]
    stands = get_model("catalogue", "ProductCategory").objects.filter(product=style).values("category")
    others = browsable().filter(~Q(pk=style))
    if design:
        others = others.exclude(title__startswith=f"{design}, ")
    near = others.filter(productcategory__category__in=stands).distinct().values_list("pk", flat=True)[:MOST]
    wished = list(dict.fromkeys([*told, *together, *near]))
    fine = set(others.filter(pk__in=wished).values_list("pk", flat=True))
    return tuple(pk for pk in wished if pk in fine)[:MOST]


_TOGETHER: Final = """
    WITH mine AS (
        SELECT line.order_id FROM order_line line JOIN catalogue_product own ON own.id = line.product_id
         WHERE own.id = %(style)s OR own.parent_id = %(style)s
         ORDER BY line.id DESC LIMIT %(orders)s)
    SELECT coalesce(other.parent_id, other.id) AS product
      FROM order_line line JOIN catalogue_product other ON other.id = line.product_id
     WHERE line.order_id IN (SELECT order_id FROM mine) AND coalesce(other.parent_id, other.id) <> %(style)s
     GROUP BY 1 ORDER BY count(DISTINCT line.order_id) DESC, 1 LIMIT %(most)s
"""
_beside: Final = Memory(_read)
