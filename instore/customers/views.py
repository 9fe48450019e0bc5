"""A customer at the tablet: their code, what they allow to be seen, and what is done for them."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from instore.customers import problems
from instore.customers.acts import act
from instore.customers.customer import customer_of
from instore.customers.find import find, style_of
from instore.customers.look_up import done, here, look_up
from instore.customers.models import CustomerAction, LookUp
from instore.customers.wearing import SIZES, wears
from instore.customers.write import LONGEST as LONGEST_NOTE
from instore.customers.write import PRESETS, became_of
from instore.staff import session
from instore.staff.guard import OnDuty, for_staff
from instore.staff.office.offices import number_of
from instore.tablet.acts import Unreadable
from instore.tablet.exceptions import NonceSpent, TriesSpent
from instore.tablet.problems import Told, out_of_date
from omni_sync.carts.live import basket_topic
from omni_sync.customer_code.exceptions import CodeOpensNothing
from omni_sync.customer_code.parts import Part, hidden_in, stated
from omni_sync.customer_code.send import Asks, send
from omni_sync.customer_code.tokens import WANTED
from omni_sync.limits import Limit

#: What the session keeps: the look-up that this tablet opened.
LOOKS: Final = "looks"
LONGEST: Final = 254
letters: Final = Limit("customer-code-letters", most=10, seconds=600)  # that one tablet asks for


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff()
def ask_page(request: HttpRequest, duty: OnDuty) -> HttpResponse:
    """Scan or type what the customer shows."""
    if request.method != "POST":
        return _asking(request, duty)
    try:
        opened = look_up(said=request.POST.get("code", ""), duty=duty)
    except CodeOpensNothing as refusal:
        return _asking(request, duty, status=422, wrong=refusal.why.value)
    except TriesSpent as refusal:
        return _asking(request, duty, status=429, until=refusal.until)
    session.remember(request, LOOKS, opened.pk)
    if opened.person is not None and Part.SIZES not in hidden_in(stated(opened.person)):
        wears(request, opened)
    return redirect("staff:customer", key=opened.key)


@sensitive_post_parameters("who")
@require_POST
@for_staff()
def send_code(request: HttpRequest, duty: OnDuty) -> HttpResponse:
    """Write a code to whoever this is, if it is somebody; nobody is told whether."""
    wait = letters.refusal(str(duty.device.pk))
    if wait is not None:
        return _asking(request, duty, status=429, often=True)
    said = request.POST.get("who", "").replace("\x00", "").strip()[:LONGEST]
    if said:
        asks = Asks(place_id=duty.store.pk, store=str(duty.store), associate=str(duty.associate))
        send(said=said, asks=asks)
    return _asking(request, duty, sent=bool(said))


@require_safe
@for_staff()
def customer_page(request: HttpRequest, duty: OnDuty, key: str) -> HttpResponse:
    """Who it is and what is theirs, for who was shown their code on this tablet."""
    opened = opened_here(request, duty, key)
    return _customer(request, duty, opened) if opened else nobody(request, duty)


@require_safe
@for_staff()
def find_page(request: HttpRequest, duty: OnDuty, key: str) -> HttpResponse:
    """An article for them: scanned, or looked for by words."""
    opened = opened_here(request, duty, key)
    if opened is None:
        return nobody(request, duty)
    assert opened.person is not None
    said, number = request.GET.get("q", ""), number_of(request.GET.get("product", ""))
    user = opened.person.user_id
    hidden = hidden_in(stated(opened.person))
    known = wears(request, opened) if Part.SIZES not in hidden else ()
    shelf: dict[str, Any] = {"store": duty.store, "sizes": {one.size_system: one.size for one in known}}
    facts = {
        "duty": duty,
        "look_up": opened,
        "said": said,
        "styles": style_of(number, **shelf) if number else find(said, **shelf),
        "may_list": user is not None and Part.LIST not in hidden,
        "may_basket": Part.BASKET not in hidden,
    }
    return render(request, "instore/customers/find.html", facts)


@require_POST
@for_staff()
def act_for(request: HttpRequest, duty: OnDuty, key: str, verb: str) -> HttpResponse:
    """One tap for the customer."""
    opened = opened_here(request, duty, key)
    if opened is None or verb not in CustomerAction.Verb.values:
        return nobody(request, duty)
    try:
        problem = problems.told(act(verb=CustomerAction.Verb(verb), look_up=opened, duty=duty, form=request.POST))
    except (Unreadable, NonceSpent):
        problem = out_of_date()
    if problem is not None:
        return _customer(request, duty, opened, problem=problem, status=409)
    return redirect(f"{reverse('staff:customer', kwargs={'key': key})}?done={verb}")


@require_POST
@for_staff()
def leave(request: HttpRequest, duty: OnDuty, key: str) -> HttpResponse:
    """The customer goes: nothing of theirs is seen here any more."""
    opened = opened_here(request, duty, key)
    if opened is not None:
        done(look_up=opened)
    session.remember(request, LOOKS, None)
    session.remember(request, SIZES, None)
    return redirect("staff:ask")


def opened_here(request: HttpRequest, duty: OnDuty, key: str) -> LookUp | None:
    """The look-up of this address, for who opened it on this tablet and has not locked it since."""
    return here(pk=session.remembered(request, LOOKS), key=key, duty=duty)


def nobody(request: HttpRequest, duty: OnDuty) -> HttpResponse:
    """Nothing is said of an address that is not open here, not even that there is somebody."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": reverse("staff:ask")})
    return render(request, "instore/customers/nobody.html", {"duty": duty}, status=404)


def _asking(request: HttpRequest, duty: OnDuty, *, status: int = 200, **facts: Any) -> HttpResponse:
    shown = {"duty": duty, "wanted": WANTED, **facts}
    return render(request, "instore/customers/ask.html", shown, status=status)


def _customer(
    request: HttpRequest, duty: OnDuty, opened: LookUp, *, problem: Told | None = None, status: int = 200
) -> HttpResponse:
    page = number_of(request.GET.get("page", ""))
    customer = customer_of(opened, store=duty.store, sizes=lambda: wears(request, opened), page=page)
    facts = {
        "duty": duty,
        "look_up": opened,
        "customer": customer,
        "topics": [basket_topic(customer.basket_id)] if customer.basket_id else [],
        "done": request.GET.get("done", ""),
        "minutes": max((opened.until - timezone.now()).seconds // 60, 1),
        "problem": problem,
        "presets": PRESETS,
        "longest": LONGEST_NOTE,
        "written": became_of(opened) if request.GET.get("done") == CustomerAction.Verb.MESSAGE else "",
        "words": request.POST.get("note", "") if problem else "",
    }
    return render(request, "instore/customers/customer.html", facts, status=status)
