"""The visitor's list: nobody's, kept for as long as the visit and not a minute more."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.http import HttpRequest
from django.utils import timezone

from kiosk.station import visit
from omni_sync.lists import anonymous
from omni_sync.lists.anonymous import Want
from omni_sync.lists.exceptions import ListGone
from omni_sync.lists.find import by_id
from omni_sync.lists.models import AnonymousLine, AnonymousList

#: Longer than anybody stands there; a kiosk that is switched off in between can't keep a list.
LIFE: Final = timedelta(hours=2)
MOST: Final = 99  # of one thing


def list_at(request: HttpRequest) -> int | None:
    """The number of this visit's list; None where nothing was put on one."""
    number: int | None = visit.remembered(request, visit.LIST)
    return number


def put(request: HttpRequest, wants: list[Want]) -> int:
    """Put these things on the visit's list, a new one if need be; how many came, none once the visit is over."""
    with visit.in_turn(request):
        if not visit.is_known(request):
            return 0
        number = list_at(request)
        if number is not None:
            try:
                return anonymous.keep_too(list_id=number, wants=wants)
            except ListGone:
                pass
        made = anonymous.keep(wants=wants)
        AnonymousList.objects.filter(pk=made.pk).update(until=timezone.now() + LIFE)
        visit.remember(request, visit.LIST, made.pk)
        return AnonymousLine.objects.filter(anonymous_list=made.pk).count()


def set_quantity(request: HttpRequest, *, product_id: int, quantity: int) -> None:
    """So many of it, or none."""
    number = list_at(request)
    if number is None:
        return
    if quantity < 1:
        anonymous.take_off(list_id=number, product_id=product_id)
        return
    lines = AnonymousLine.objects.filter(anonymous_list=number, product=product_id)
    lines.update(quantity=min(quantity, MOST))


def forget(request: HttpRequest) -> None:
    """Nothing is on it."""
    with visit.in_turn(request):
        AnonymousList.objects.filter(pk=list_at(request) or 0).delete()
        visit.remember(request, visit.LIST, None)


def wants_at(request: HttpRequest) -> list[Want]:
    """What is on it, in its order."""
    number = list_at(request)
    try:
        return anonymous.wants_of(by_id(number)) if number else []
    except ListGone:
        return []


def length(request: HttpRequest) -> int:
    """How many things are on it."""
    number = list_at(request)
    return AnonymousLine.objects.filter(anonymous_list=number).count() if number else 0
