"""Goods come back at the tablet: the receipt, the lines, the sum, one tap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from instore.returns.announce import choice_of, waiting_at
from instore.returns.exceptions import OrderUnknown, SeveralOrders, StillHere
from instore.returns.find import LONGEST, WANTED, find_gift, find_order
from instore.returns.form import GIFT, SHOW, chosen_in, gift_in, is_gift, key_in, lines_in, method_in, shown_in
from instore.returns.left import left_of
from instore.returns.models import Disposition, Method, Reason
from instore.returns.problems import REFUSALS, told, unknown
from instore.returns.sheet import sheet_of
from instore.returns.slips import slips_of
from instore.returns.take_back import take_back
from instore.staff.guard import OnDuty, for_staff
from instore.tablet.acts import Unreadable
from instore.tablet.exceptions import SomebodyElses
from instore.tablet.problems import Told, out_of_date, somebody_elses
from instore.tablet.sender import assert_senders
from omni_sync.columns import could_be
from omni_sync.limits import Limit
from omni_sync.oscar.models import Order
from omni_sync.sales.models import Return

#: Numbers that one tablet asks for, and purchases that it opens: nobody reads through all of the shop's.
asked: Final = Limit("staff-returns", most=60, seconds=600)
opened: Final = Limit("staff-purchases", most=60, seconds=600)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@for_staff()
def returns_page(request: HttpRequest, duty: OnDuty) -> HttpResponse:
    """Scan a receipt, or type its number."""
    said = request.POST.get("code", "") if request.method == "POST" else request.GET.get("number", "")
    if request.method != "POST" and not said:
        return asking(request, duty)
    if asked.refusal(str(duty.device.pk)) is not None:
        return asking(request, duty, status=429, often=True)
    try:
        order = find_order(said)
    except OrderUnknown:
        return _gift(request, duty, said)
    except SeveralOrders as several:
        return asking(request, duty, which=several.orders)
    except StillHere as refusal:
        return asking(request, duty, status=409, problem=told(refusal))
    return redirect(reverse("staff:return", kwargs={"pk": order.pk}) + choice_of(order))


def _gift(request: HttpRequest, duty: OnDuty, said: str) -> HttpResponse:
    """Perhaps it is a gift receipt: then the page says no prices."""
    try:
        order = find_gift(said)
    except OrderUnknown:
        return asking(request, duty, status=422, problem=unknown())
    return redirect(f"{reverse('staff:return', kwargs={'pk': order.pk})}?{GIFT}=yes")


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff()
def return_page(request: HttpRequest, duty: OnDuty, pk: int) -> HttpResponse:
    """A purchase line by line, and what goes back for what is chosen; posted, it comes back."""
    order = purchase_or_page(request, duty, pk)
    if isinstance(order, HttpResponse):
        return order
    if request.method != "POST":
        return _sheet(request, duty, order, request.GET)
    return _show(request, duty, order) if SHOW in request.POST else _posted(request, duty, order)


def _posted(request: HttpRequest, duty: OnDuty, order: Order) -> HttpResponse:
    try:
        row = _take(request, duty, order)
    except SomebodyElses:
        return _sheet(request, duty, order, request.POST, problem=somebody_elses())
    except Unreadable:
        return _sheet(request, duty, order, gift_in(request.POST), problem=out_of_date())
    except REFUSALS as refusal:
        return _sheet(request, duty, order, request.POST, problem=told(refusal))
    query = urlencode({"done": row.number, **gift_in(request.POST)})
    return redirect(f"{reverse('staff:return', kwargs={'pk': order.pk})}?{query}")


def _show(request: HttpRequest, duty: OnDuty, order: Order) -> HttpResponse:
    """Nothing comes back yet: what is chosen is shown here, or goes along to the exchange."""
    if request.POST[SHOW] != "exchange":
        return _sheet(request, duty, order, request.POST)
    try:
        chosen = chosen_in(request.POST, left_of(order).lines)
    except Unreadable:
        return _sheet(request, duty, order, gift_in(request.POST), problem=out_of_date())
    return redirect(f"{reverse('staff:exchange', kwargs={'pk': order.pk})}?{urlencode(chosen)}")


def _take(request: HttpRequest, duty: OnDuty, order: Order) -> Return:
    assert_senders(request, duty)
    form = request.POST
    return take_back(
        order=order,
        lines=lines_in(form, left_of(order).lines),
        method=method_in(form),
        duty=duty,
        key=key_in(form),
        shown=shown_in(form),
        is_gift=is_gift(form),
    )


def _sheet(
    request: HttpRequest, duty: OnDuty, order: Order, form: Mapping[str, str], *, problem: Told | None = None
) -> HttpResponse:
    done = _done(duty, order, request.GET.get("done", "")) if problem is None else None
    facts = {
        "duty": duty,
        "sheet": sheet_of(order, form=form, duty=duty),
        "problem": problem,
        "done": done,
        "given": [(one["method"], Decimal(one["amount"])) for one in done.refunds] if done else [],
        "vouchers": slips_of(done, device=duty.device) if done else [],
        "reasons": Reason.choices,
        "dispositions": Disposition.choices,
        "methods": Method.choices,
    }
    return render(request, "instore/returns/return.html", facts, status=409 if problem else 200)


def _done(duty: OnDuty, order: Order, number: str) -> Return | None:
    """The return that was just taken here."""
    if not (number and could_be(number, LONGEST)):
        return None
    here = Return.objects.filter(order=order, store=duty.store.partner, number=number)
    return here.exclude(taken_back=None).first()


def purchase_or_page(request: HttpRequest, duty: OnDuty, pk: int) -> Order | HttpResponse:
    """The purchase, else the page that says why not: nobody knows it, or this tablet has opened many others."""
    if opened.refusal(str(duty.device.pk), of=str(pk)) is not None:
        return asking(request, duty, status=429, often=True)
    order = Order.objects.filter(pk=pk).first()
    return order or asking(request, duty, status=404, problem=unknown())


def asking(
    request: HttpRequest,
    duty: OnDuty,
    *,
    status: int = 200,
    problem: Told | None = None,
    often: bool = False,
    which: Sequence[Order] = (),
) -> HttpResponse:
    """The page that asks for a receipt; ``which``: the purchases of the number that was typed, to choose from."""
    facts = {
        "duty": duty,
        "wanted": WANTED,
        "problem": problem,
        "often": often,
        "which": which,
        "waiting": waiting_at(duty.store),
    }
    return render(request, "instore/returns/ask.html", facts, status=status)
