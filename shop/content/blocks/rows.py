"""Which products stand in a row: chosen, of a category, new, or sold most."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from django.db import connection
from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from oscar.core.loading import get_model

from shop.storefront.shelf import browsable

if TYPE_CHECKING:
    from shop.storefront.catalogue import Shelf

RECENTLY: Final = timedelta(weeks=4)
#: Of what sold, some is no longer on the shelves; so many more are asked for.
SPARE: Final = 12


class Row(NamedTuple):
    """What a row wants: ``category`` 0 is the whole shop; ``chosen`` names the products themselves."""

    kind: Literal["chosen", "new", "sold"]
    most: int
    category: int = 0
    chosen: tuple[int, ...] = ()


def products_of(rows: Iterable[Row], shelves: Mapping[int, "Shelf"]) -> dict[Row, tuple[int, ...]]:
    """The products of each row, in order. At most three queries for any number of rows.

    Where nothing was sold of late, what sells most is what is new.
    """
    wanted = list(dict.fromkeys(rows))
    sold = _most_sold(max(row.most for row in wanted if row.kind == "sold")) if _has(wanted, "sold") else ()
    asked = [row for row in wanted if row.kind == "new" or (row.kind == "sold" and not sold)]
    new = _newest({row: _path(row, shelves) for row in asked})
    return {row: row.chosen if row.kind == "chosen" else new.get(row) or sold[: row.most] for row in wanted}


def _has(rows: list[Row], kind: str) -> bool:
    return any(row.kind == kind for row in rows)


def _path(row: Row, shelves: Mapping[int, "Shelf"]) -> str | None:
    """The tree path of the row's category; None where it is gone or hidden."""
    if not row.category:
        return ""
    shelf = shelves.get(row.category)
    return shelf.path if shelf else None


def _most_sold(most: int) -> tuple[int, ...]:
    """Styles by how many of their sizes were sold in any channel in the last weeks, most first."""
    lines = get_model("order", "Line").objects.filter(
        order__date_placed__gt=timezone.now() - RECENTLY, product__isnull=False
    )
    styles = lines.exclude(order__status="Cancelled").values(style=Coalesce("product__parent_id", "product_id"))
    ranked = styles.annotate(sold=Sum("quantity")).order_by("-sold", "-style").values_list("style", flat=True)
    known = list(ranked[: most + SPARE])
    public = set(browsable().filter(pk__in=known).order_by().values_list("pk", flat=True)) if known else set()
    return tuple(style for style in known if style in public)[:most]


def _newest(paths: Mapping[Row, str | None]) -> dict[Row, tuple[int, ...]]:
    rows = [(row, path) for row, path in paths.items() if path is not None]
    found: dict[Row, tuple[int, ...]] = dict.fromkeys(paths, ())
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_NEWEST, [[path for _, path in rows], [row.most for row, _ in rows]])
            for place, products in cursor.fetchall():
                found[rows[place - 1][0]] = tuple(products)
    return found


_NEWEST: Final = """
    SELECT wanted.place, array_agg(p.id ORDER BY p.date_created DESC, p.id DESC)
      FROM unnest(%s::text[], %s::int[]) WITH ORDINALITY AS wanted (path, most, place)
     CROSS JOIN LATERAL (
           SELECT id, date_created FROM catalogue_product p
            WHERE p.is_public AND p.parent_id IS NULL AND (wanted.path = '' OR EXISTS (
                  SELECT FROM catalogue_productcategory stands
                    JOIN catalogue_category c ON c.id = stands.category_id
                   WHERE stands.product_id = p.id AND starts_with(c.path, wanted.path)))
            ORDER BY date_created DESC, id DESC LIMIT wanted.most) p
     GROUP BY wanted.place
"""
