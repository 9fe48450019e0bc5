"""Today, and a pickup from the shelf to the counter."""

from __future__ import annotations

from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from instore.pickup.models import FOUND_OUT, Pickup, State
from instore.requests.find import open_in
from instore.staff.guard import OnDuty, for_staff
from instore.tablet import problems, today
from instore.tablet.acts import Unreadable, act
from instore.tablet.cancel import may_cancel
from instore.tablet.exceptions import NonceSpent, NotOnTheList, SomebodyElses
from instore.tablet.follow import facts_of, nothing_new
from instore.tablet.live import topics_of
from instore.tablet.models import TabletAction
from instore.tablet.problems import Told
from instore.tablet.sender import assert_senders
from instore.tablet.sheet import pickup_here, sheet_of

#: What is done on a pickup's own page; handing over is the counter's.
ON_THE_SHEET: Final = frozenset(TabletAction.Verb) - {TabletAction.Verb.HAND_OVER}


@require_safe
@for_staff()
def today_page(request: HttpRequest, duty: OnDuty) -> HttpResponse:
    """Where the tablet lands: what needs this store, the oldest first."""
    facts: dict[str, Any] = {"duty": duty, "topics": topics_of(duty.store)}
    of = request.GET.get("of", "")
    if of in today.NEEDS:
        pages = Paginator(today.all_in(duty.store, State(of)), today.ON_A_PAGE)
        page = pages.get_page(request.GET.get("page"))
        need = today.Need(State(of), pages.count, list(page.object_list))
        return render(request, "instore/tablet/all.html", {**facts, "page": page, "need": need})
    needs = today.needs(duty.store)
    asked = list(open_in(duty.store)[: today.AT_A_GLANCE])
    is_busy = bool(asked) or any(need.count for need in needs)
    facts |= {
        "asked": asked,
        "needs": needs,
        "here": today.here_now(needs),
        "is_busy": is_busy,
        "dangers": today.dangers(duty.store),
    }
    return render(request, "instore/tablet/today.html", facts)


@require_safe
@for_staff()
def pickup_page(request: HttpRequest, duty: OnDuty, number: str) -> HttpResponse:
    """What is to be picked, and what to do next."""
    pickup = pickup_here(store=duty.store, number=number)
    if pickup is None:
        return not_here(request, duty)
    return nothing_new(request, pickup, part="pickup") or _sheet(request, duty, pickup)


@require_POST
@for_staff()
def act_on(request: HttpRequest, duty: OnDuty, number: str, verb: str) -> HttpResponse:
    """One tap on a pickup; with scripts the page as it is then, without them a redirect to it."""
    pickup = pickup_here(store=duty.store, number=number)
    if pickup is None or verb not in ON_THE_SHEET:
        return not_here(request, duty)
    problem = _acting(request, duty, pickup, TabletAction.Verb(verb))
    if problem is None and not request.headers.get("HX-Request"):
        return redirect("staff:pickup", number=number)
    as_it_is = pickup_here(store=duty.store, number=number)
    return _sheet(request, duty, as_it_is or pickup, problem=problem, status=409 if problem else 200)


def not_here(request: HttpRequest, duty: OnDuty) -> HttpResponse:
    """No pickup of this store: of another one nothing is said, not even that there is one."""
    return render(request, "instore/tablet/not_here.html", {"duty": duty}, status=404)


def _acting(request: HttpRequest, duty: OnDuty, pickup: Pickup, verb: TabletAction.Verb) -> Told | None:
    """Why the tap did nothing; None where it was done."""
    try:
        assert_senders(request, duty)
        action = act(verb=verb, pickup=pickup, duty=duty, form=request.POST)
    except SomebodyElses:
        return problems.somebody_elses()
    except NotOnTheList as refusal:
        return problems.not_on_the_list(refusal.product)
    except (Unreadable, NonceSpent):
        return problems.out_of_date()
    return problems.told(action)


def _sheet(
    request: HttpRequest, duty: OnDuty, pickup: Pickup, *, problem: Told | None = None, status: int = 200
) -> HttpResponse:
    facts = {
        "duty": duty,
        "sheet": sheet_of(pickup),
        "pickup": pickup,
        "problem": problem,
        "reasons": [(reason.value, reason.label) for reason in FOUND_OUT],
        "may_cancel": may_cancel(pickup, duty.role),
        **facts_of(pickup),
    }
    return render(request, "instore/tablet/pickup.html", facts, status=status)
