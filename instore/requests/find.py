from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from instore.requests.exceptions import RequestGone
from instore.requests.models import Request, RequestLine, State
from instore.requests.tokens import token_hash
from instore.stores.models import Store

#: How long the asker still reads how it ended.
READABLE_FOR: Final = timedelta(hours=1)


def by_token(token: str) -> Request:
    """The asker's own request, with its lines and who comes: two queries. Raises RequestGone."""
    since = timezone.now() - READABLE_FOR
    rows = _with_lines(Request.objects.filter(Q(ended_at=None) | Q(ended_at__gt=since)))
    found = rows.filter(token_hash=token_hash(token)).first()
    if found is None:
        raise RequestGone
    return found


def open_in(store: Store) -> QuerySet[Request]:
    """Whoever waits in the store, the longest first, with what they want."""
    return _with_lines(Request.objects.open().filter(store=store)).order_by("asked_at", "pk")


def here(store: Store, pk: int) -> Request | None:
    """A request of this store, ended or not; None for any other: two queries."""
    return _with_lines(Request.objects.filter(store=store, pk=pk)).first()


def waiting_in(store: Store) -> list[int]:
    """Those to whom nobody has said that they come, the longest first: one query."""
    rows = Request.objects.filter(store=store, state=State.WAITING).order_by("asked_at", "pk")
    return list(rows.values_list("pk", flat=True))


def _with_lines(rows: QuerySet[Request]) -> QuerySet[Request]:
    lines = RequestLine.objects.select_related("product__parent", "product__entry").order_by("pk")
    return rows.select_related("taken_by", "store__partner__location").prefetch_related(Prefetch("lines", lines))
