"""The counter: a code, a bag, the money that is due, and one big button."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from instore.pickup.exceptions import CodeEnded, CodeOfAnotherStore, CodeUnknown
from instore.pickup.models import Pickup, State
from instore.pickup.owed import owed
from instore.staff import session
from instore.staff.exceptions import NoPinYet, NotStaffHere, Paused, WrongPin
from instore.staff.guard import OnDuty, for_staff
from instore.staff.queries import managers_of
from instore.staff.sign_in import prove
from instore.stores.models import Store
from instore.tablet import problems, vouchers
from instore.tablet.acts import LONGEST_KEY, Unreadable, act
from instore.tablet.exceptions import NonceSpent, TriesSpent
from instore.tablet.follow import facts_of, nothing_new
from instore.tablet.models import TabletAction
from instore.tablet.owed import Method
from instore.tablet.problems import Told
from instore.tablet.receipt import receipt_of
from instore.tablet.sheet import pickup_here, sheet_of
from instore.tablet.tries import open_again
from instore.tablet.views import not_here
from instore.tablet.whose import WANTED, whose
from instore.vouchers.codes import WANTED as VOUCHER_WANTED

#: What the session keeps: the pickup whose code was right.
SHOWN: Final = "collects"
#: What the form says that shows a voucher.
CODE: Final = "voucher_code"


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff()
def collect_page(request: HttpRequest, duty: OnDuty) -> HttpResponse:
    """Type or scan what the shopper shows."""
    if request.method != "POST":
        return _asking(request, duty)
    try:
        pickup = whose(said=request.POST.get("code", ""), duty=duty)
    except CodeUnknown:
        return _asking(request, duty, status=422, wrong="unknown")
    except CodeOfAnotherStore as refusal:
        elsewhere = Store.objects.select_related("partner").filter(partner__code=refusal.store).first()
        return _asking(request, duty, status=409, wrong="elsewhere", elsewhere=elsewhere)
    except CodeEnded as refusal:
        ended = problems.over_or_elsewhere(refusal.state)
        return _asking(request, duty, status=409, wrong="ended", ended=ended, at=refusal.at)
    except TriesSpent as refusal:
        return _locked(request, duty, refusal)
    session.remember(request, SHOWN, pickup.pk)
    return redirect("staff:bag", number=pickup.order.number)


@sensitive_post_parameters("voucher_code")
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff()
def bag_page(request: HttpRequest, duty: OnDuty, number: str) -> HttpResponse:
    """Whose bag it is, what is in it, what it costs: for who was shown its code on this tablet."""
    pickup = pickup_here(store=duty.store, number=number)
    if pickup is None:
        return not_here(request, duty)
    if session.remembered(request, SHOWN) != pickup.pk:
        return _ask_again(request)
    if request.method != "POST":
        return nothing_new(request, pickup, part="bag") or _bag(request, duty, pickup)
    if CODE in request.POST:
        return _with_voucher(request, duty, pickup)
    if problem := _handing_over(request, duty, pickup):
        return _bag(request, duty, pickup, problem=problem, status=409)
    return _bag(request, duty, pickup) if request.headers.get("HX-Request") else redirect("staff:bag", number=number)


@sensitive_post_parameters("pin")
@require_POST
@for_staff()
def open_codes(request: HttpRequest, duty: OnDuty) -> HttpResponse:
    """After too many wrong codes: a manager's PIN, and they may be tried again."""
    who = request.POST.get("who", "")
    number = int(who) if who.isascii() and who.isdigit() and len(who) <= LONGEST_KEY else 0
    is_manager = managers_of(duty.store.pk).filter(pk=number).exists()
    try:
        manager = prove(
            device=duty.device, associate_id=number if is_manager else 0, pin=request.POST.get("pin", ""), as_what=None
        )
    except (NotStaffHere, NoPinYet):
        return _asking(request, duty, status=422, locked=True, pin_wrong=True)
    except WrongPin as refusal:
        return _asking(request, duty, status=422, locked=True, pin_wrong=True, left=refusal.left)
    except Paused as refusal:
        return _asking(request, duty, status=429, locked=True, paused_until=refusal.until)
    open_again(device=duty.device, manager=manager)
    return redirect("staff:collect")


def _ask_again(request: HttpRequest) -> HttpResponse:
    """The whole page goes: the bag on it is one whose code this tablet no longer knows."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": reverse("staff:collect")})
    return redirect("staff:collect")


def _with_voucher(request: HttpRequest, duty: OnDuty, pickup: Pickup) -> HttpResponse:
    """The bag, with what the voucher whose code was typed pays of it."""
    problem = vouchers.show(request, duty=duty, pickup=pickup, said=request.POST[CODE])
    if problem is None and not request.headers.get("HX-Request"):
        return redirect("staff:bag", number=pickup.order.number)
    return _bag(request, duty, pickup, problem=problem, status=409 if problem else 200)


def _handing_over(request: HttpRequest, duty: OnDuty, pickup: Pickup) -> Told | None:
    if request.POST.get("voucher", "") not in ("", vouchers.number_shown(request, pickup=pickup)):
        return problems.out_of_date()
    try:
        action = act(verb=TabletAction.Verb.HAND_OVER, pickup=pickup, duty=duty, form=request.POST)
    except (Unreadable, NonceSpent):
        return problems.out_of_date()
    return problems.told(action)


def _locked(request: HttpRequest, duty: OnDuty, refusal: TriesSpent) -> HttpResponse:
    return _asking(request, duty, status=429, locked=True, until=refusal.until, whose=refusal.whose.value)


def _asking(request: HttpRequest, duty: OnDuty, *, status: int = 200, **facts: Any) -> HttpResponse:
    if facts.get("locked"):
        facts["managers"] = managers_of(duty.store.pk)
    return render(request, "instore/tablet/collect.html", {"duty": duty, "wanted": WANTED, **facts}, status=status)


def _bag(
    request: HttpRequest, duty: OnDuty, pickup: Pickup, *, problem: Told | None = None, status: int = 200
) -> HttpResponse:
    pickup.refresh_from_db(fields=["state", "deadline", "ready_at", "ended_at"])
    owing = owed(pickup)
    facts = {
        "duty": duty,
        "pickup": pickup,
        "sheet": sheet_of(pickup),
        "owed": owing,
        "voucher": vouchers.shown(request, pickup=pickup, owing=owing),
        "voucher_wanted": VOUCHER_WANTED,
        "methods": Method.choices,
        "problem": problem,
        **(receipt_of(pickup) if pickup.state == State.COLLECTED else {}),
        **facts_of(pickup),
    }
    return render(request, "instore/tablet/bag.html", facts, status=status)
