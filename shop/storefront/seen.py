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
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from oscar.core.loading import get_class

logger = logging.getLogger("shop.seen")

SECONDS: Final = 5.0
MOST: Final = 10_000


def note_look(request: HttpRequest, response: HttpResponse, *, product: int, member: int | None) -> None:
    """Remember that ``product`` was looked at, by the account ``member`` if they are signed in; never raises."""
    get_class("customer.history", "CustomerHistoryManager").update(_Named(product), request, response)
    _looks.note(product, member)


def write_looks() -> None:
    """Write what this process has counted, now."""
    _looks.write()


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
