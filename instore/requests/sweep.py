"""Whoever waited for nobody has gone; and what was asked long ago is forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import models, transaction
from django.utils import timezone

from instore.requests.models import Request, State
from instore.requests.signals import request_changed

WAITS: Final = timedelta(hours=1)
GOES: Final = timedelta(hours=4)  # somebody took it, and never said that it is done
KEPT: Final = timedelta(days=90)


def end_forgotten() -> int:
    """Cancel what nobody took within the hour, end what was taken and never ended; how many."""
    now = timezone.now()
    with transaction.atomic(durable=True):
        waiting = Request.objects.filter(state=State.WAITING, asked_at__lt=now - WAITS)
        taken = Request.objects.filter(state=State.TAKEN, taken_at__lt=now - GOES)
        ended = [*_end(waiting.select_for_update(skip_locked=True), State.CANCELLED)]
        ended += _end(taken.select_for_update(skip_locked=True), State.DONE)
        Request.objects.filter(ended_at__lt=now - KEPT).delete()
    return len(ended)


def _end(rows: models.QuerySet[Request], state: State) -> list[Request]:
    found = list(rows)
    Request.objects.filter(pk__in=[request.pk for request in found]).update(state=state, ended_at=timezone.now())
    for request in found:
        request.state = state
        request_changed.send(Request, request=request)
    return found
