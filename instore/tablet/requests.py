"""Shoppers who ask for somebody: the strip that rings on every page, and one request with what to bring where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from instore.devices.models import Device
from instore.requests.answer import finish, leave, take
from instore.requests.exceptions import NoMoreWanted, RequestGone, WithSomebodyElse
from instore.requests.find import here, open_in, waiting_in
from instore.requests.live import requests_topic
from instore.requests.models import Request, RequestLine, State
from instore.staff.guard import OnDuty, for_staff, on_device
from instore.stores.shelves import places_in, walking_order
from instore.tablet.problems import Told, out_of_date
from omni_sync.oscar.models import StockRecord

VERBS: Final[dict[str, Callable[..., None]]] = {"take": take, "leave": leave, "done": finish}


@dataclass(frozen=True, slots=True)
class Wish:
    """A line of a request: where the article stands here, and how many are left for anybody; None: nobody counts."""

    line: RequestLine
    place: str
    sku: str
    left: int | None


@require_safe
@on_device
def rings(request: HttpRequest, device: Device) -> HttpResponse:
    """Who waits for somebody to come, also on a locked tablet: how many, and nothing of them."""
    waiting = waiting_in(device.store)
    facts = {"device": device, "waiting": waiting, "topics": [requests_topic(device.store_id)]}
    return render(request, "instore/tablet/parts/rings.html", facts)


@require_safe
@for_staff()
def requests_page(request: HttpRequest, duty: OnDuty) -> HttpResponse:
    """Whoever waits, the longest first."""
    facts = {"duty": duty, "asked": open_in(duty.store), "topics": [requests_topic(duty.store.pk)]}
    return render(request, "instore/tablet/requests.html", facts)


@require_safe
@for_staff()
def request_page(request: HttpRequest, duty: OnDuty, pk: int) -> HttpResponse:
    """What somebody asks, where they are, and what to say to it."""
    return _page(request, duty, pk)


@require_POST
@for_staff()
def act_on_request(request: HttpRequest, duty: OnDuty, pk: int, verb: str) -> HttpResponse:
    """One tap: I go, I can't after all, it is done."""
    if verb not in VERBS:
        return _page(request, duty, pk)
    try:
        VERBS[verb](request_id=pk, store=duty.store, by=duty.associate)
    except WithSomebodyElse as refusal:
        what = gettext("%(who)s goes already.") % {"who": refusal.who}
        return _page(request, duty, pk, problem=Told(what, gettext("Take the next one.")), status=409)
    except NoMoreWanted as refusal:
        return _page(request, duty, pk, problem=_over(refusal.state), status=409)
    except RequestGone:
        return _page(request, duty, pk)
    return redirect("staff:request", pk=pk) if verb == "take" else redirect("staff:today")


def _page(
    request: HttpRequest, duty: OnDuty, pk: int, *, problem: Told | None = None, status: int = 200
) -> HttpResponse:
    asked = here(duty.store, pk)
    if asked is None:
        facts = {"duty": duty, "problem": out_of_date()}
        return render(request, "instore/tablet/request_gone.html", facts, status=404)
    if not asked.is_open and problem is None:
        problem = _over(asked.state)
    facts = {
        "duty": duty,
        "asked": asked,
        "wishes": _wishes(asked),
        "problem": problem,
        "is_mine": asked.taken_by_id == duty.associate.pk,
        "topics": [requests_topic(duty.store.pk)],
    }
    return render(request, "instore/tablet/request.html", facts, status=status)


def _wishes(asked: Request) -> list[Wish]:
    """What is wanted, in the order of the shelves: two queries."""
    lines = list(asked.lines.all())
    places = places_in(asked.store, [line.product for line in lines])
    records = StockRecord.objects.filter(partner=asked.store_id, product__in=[line.product_id for line in lines])
    known = {record.product_id: record for record in records.select_related("level")}
    wishes = [_wish(line, places.get(line.product_id, ""), known.get(line.product_id)) for line in lines]
    return sorted(wishes, key=lambda wish: walking_order(wish.place))


def _wish(line: RequestLine, place: str, record: StockRecord | None) -> Wish:
    level = getattr(record, "level", None)
    return Wish(line, place, str(record.partner_sku) if record else "", level.available if level else None)


def _over(state: str) -> Told:
    if state == State.CANCELLED:
        return Told(gettext("The shopper needs nobody any more."), gettext("Put back what you have fetched."))
    return Told(gettext("This was done already."), gettext("Look at who else waits."))
