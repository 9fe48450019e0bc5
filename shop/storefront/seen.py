"""Who looked at what: counted in the process, written together every few seconds.

Oscar's own receivers write three rows into the database for each look at a product; a page would wait for that, and
every visitor of one product for the same row. A process that dies takes the looks of its last seconds with it.
"""

import logging
import threading
from collections import Counter
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from oscar.core.loading import get_class, get_model

logger = logging.getLogger("shop.seen")

SECONDS: Final = 5.0
MOST: Final = 10_000
LAST: Final = 60
LARGEST: Final = 2**31


def note_look(
    request: HttpRequest, response: HttpResponse, *, product: int, member: int | None, style: int | None = None
) -> None:
    """Remember that ``product`` was looked at, by the account ``member`` if they are signed in; never raises.

    The browser keeps its ``style``, so that its sizes are one look.
    """
    _history().update(_Named(style or product), request, response)
    _looks.note(product, member)


def looked_at(request: HttpRequest) -> list[int]:
    """The styles that this browser, then this member elsewhere, looked at, last first. A member costs a query."""
    kept = [pk for pk in reversed(_history().extract(request)) if isinstance(pk, int) and 0 < pk < LARGEST]
    if request.user.is_authenticated:
        views = get_model("analytics", "UserProductView").objects.filter(user=request.user)
        last = views.order_by("-date_created")[:LAST]
        kept += last.values_list(Coalesce("product__parent_id", "product_id"), flat=True)
    return list(dict.fromkeys(kept))


def forget_looks(request: HttpRequest, response: HttpResponse) -> None:
    """What this browser keeps, and what is known of the member who is signed in."""
    response.delete_cookie(_history().cookie_name, samesite="Lax")
    if request.user.is_authenticated:
        write_looks()  # what this process has counted and not written yet would come back
        get_model("analytics", "UserProductView").objects.filter(user=request.user).delete()


def write_looks() -> None:
    """Write what this process has counted, now."""
    _looks.write()


def _history() -> Any:
    return get_class("customer.history", "CustomerHistoryManager")


class _Named:
    """A product as Oscar's history wants it: something with an id."""

    def __init__(self, pk: int) -> None:
        self.id = pk


class _Looks:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._products: Counter[int] = Counter()
        self._views: list[tuple[int, int, datetime]] = []
        self._timer: threading.Timer | None = None

    def note(self, product: int, member: int | None) -> None:
        with self._lock:
            self._products[product] += 1
            if member is not None and len(self._views) < MOST:
                self._views.append((member, product, timezone.now()))
            if self._timer is None and getattr(settings, "SHOP_WRITES_LOOKS", True):
                self._timer = threading.Timer(SECONDS, self._on_time)
                self._timer.daemon = True
                self._timer.start()

    def write(self) -> None:
        with self._lock:
            products, self._products = self._products, Counter()
            views, self._views = self._views, []
            if self._timer is not None:
                self._timer.cancel()
            self._timer = None
        if products:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(_PRODUCTS, [list(products), list(products.values())])
                cursor.execute(_MEMBERS, _columns(views))
                cursor.execute(_VIEWS, _columns(views))

    def _on_time(self) -> None:
        try:
            self.write()
        except DatabaseError as error:
            logger.warning("looks at products are lost: %s", error)
        finally:
            connection.close()


def _columns(views: list[tuple[int, int, datetime]]) -> list[Any]:
    return [list(column) for column in zip(*views, strict=True)] if views else [[], [], []]


# What was deleted in the meantime is passed over; rows are taken in key order, so that two processes never deadlock.
_PRODUCTS: Final = """
    INSERT INTO analytics_productrecord AS r (product_id, num_views, num_basket_additions, num_purchases, score)
    SELECT p.id, n.looks, 0, 0, 0
      FROM unnest(%s::bigint[], %s::int[]) AS n (product, looks) JOIN catalogue_product p ON p.id = n.product
     ORDER BY p.id
        ON CONFLICT (product_id) DO UPDATE SET num_views = r.num_views + excluded.num_views
"""
_MEMBERS: Final = """
    INSERT INTO analytics_userrecord AS r (user_id, num_product_views, num_basket_additions, num_orders,
                                           num_order_lines, num_order_items, total_spent)
    SELECT u.id, count(*), 0, 0, 0, 0, 0
      FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[]) AS n (member, product, at)
      JOIN shop_user u ON u.id = n.member
     GROUP BY u.id ORDER BY u.id
        ON CONFLICT (user_id) DO UPDATE SET num_product_views = r.num_product_views + excluded.num_product_views
"""
_VIEWS: Final = """
    INSERT INTO analytics_userproductview (user_id, product_id, date_created)
    SELECT u.id, p.id, n.at
      FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[]) AS n (member, product, at)
      JOIN shop_user u ON u.id = n.member JOIN catalogue_product p ON p.id = n.product
"""
_looks: Final = _Looks()
