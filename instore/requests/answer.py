"""What staff say to a request: I go, I can't after all, it is done."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from instore.requests.exceptions import NoMoreWanted, RequestGone, WithSomebodyElse
from instore.requests.models import OPEN, Request, State
from instore.requests.signals import request_changed
from instore.staff.models import Associate
from instore.stores.models import Store


def take(*, request_id: int, store: Store, by: Associate) -> None:
    """``by`` goes; said twice is said once. Raises WithSomebodyElse, NoMoreWanted and RequestGone."""
    with transaction.atomic(durable=True):
        rows = Request.objects.filter(pk=request_id, store=store)
        won = rows.filter(state=State.WAITING).update(state=State.TAKEN, taken_by=by, taken_at=timezone.now())
        _tell(request_id, store, by, won=bool(won))


def leave(*, request_id: int, store: Store, by: Associate) -> None:
    """``by`` does not go after all: it rings again. Raises as ``take`` does."""
    with transaction.atomic(durable=True):
        rows = Request.objects.filter(pk=request_id, store=store, state=State.TAKEN, taken_by=by)
        won = rows.update(state=State.WAITING, taken_by=None, taken_at=None)
        _tell(request_id, store, by, won=bool(won))


def finish(*, request_id: int, store: Store, by: Associate) -> None:
    """The shopper has what they asked for. Raises as ``take`` does: what another one took is theirs to end."""
    now = timezone.now()
    with transaction.atomic(durable=True):
        rows = Request.objects.filter(pk=request_id, store=store)
        mine = rows.filter(Q(state=State.WAITING) | Q(state=State.TAKEN, taken_by=by))
        won = mine.update(state=State.DONE, taken_by=by, ended_at=now)
        _tell(request_id, store, by, won=bool(won))


def _tell(request_id: int, store: Store, by: Associate, *, won: bool) -> None:
    """Tell of a change; where there was none say why, unless it is as ``by`` wants it already."""
    request = Request.objects.select_related("taken_by").filter(pk=request_id, store=store).first()
    if request is None:
        raise RequestGone
    if won:
        request_changed.send(Request, request=request)
    elif request.state not in OPEN and request.taken_by_id != by.pk:
        raise NoMoreWanted(request.state)
    elif request.taken_by is not None and request.taken_by_id != by.pk:
        raise WithSomebodyElse(str(request.taken_by))
    elif request.state == State.CANCELLED:
        raise NoMoreWanted(request.state)
