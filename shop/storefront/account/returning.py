"""What somebody will bring back, said beforehand: which things, why, and to which shop."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from instore.returns.allowed import days_to_return
from instore.returns.announce import announce, announced_of, end_announced
from instore.returns.exceptions import NothingChosen
from instore.returns.form import lines_in
from instore.returns.left import Left, left_of
from instore.returns.models import Announced, Reason
from instore.returns.problems import REFUSALS
from instore.returns.sheet import Row
from instore.returns.take_back import Back
from instore.stores.chosen import chosen
from instore.stores.models import Store
from instore.tablet.acts import Unreadable
from omni_sync.oscar.models import Order
from omni_sync.sales.turn import take_turn
from shop.storefront.account.bought import orders_of


@require_http_methods(["GET", "HEAD", "POST"])
def returning(request: HttpRequest, order_number: str) -> HttpResponse:
    """Announce a return of an order of this account, or call it off."""
    order = get_object_or_404(orders_of(request.user), number=order_number)
    if request.method != "POST":
        return _page(request, order)
    if "cancel" in request.POST:
        with transaction.atomic():
            take_turn(order=order)
            end_announced(order=order)
        return redirect("shop-return", order_number=order_number)
    store = Store.objects.filter(is_open_to_public=True, partner__code=request.POST.get("store", "")[:128]).first()
    if store is None:
        return _page(request, order, wrong="store")
    try:
        announce(order=order, store=store, lines=lines_in(request.POST, left_of(order).lines))
    except NothingChosen:
        return _page(request, order, wrong="nothing")
    except (Unreadable, *REFUSALS):
        return _page(request, order, wrong="changed")
    return redirect("shop-return", order_number=order_number)


def _page(request: HttpRequest, order: Order, *, wrong: str = "") -> HttpResponse:
    left, waits = left_of(order), announced_of(order)
    mine = chosen(request)
    facts: dict[str, Any] = {
        "order": order,
        "left": left,
        "waits": waits,
        "rows": _rows(left, waits),
        "reasons": Reason.choices,
        "stores": Store.objects.filter(is_open_to_public=True).select_related("partner").order_by("partner__name"),
        "mine": waits.store.partner.code if waits else mine.code if mine else "",
        "days": days_to_return(),
        "wrong": wrong,
        "active_tab": "orders",
    }
    return render(request, "shop/account/returning.html", facts, status=422 if wrong else 200)


def _rows(left: Left, waits: Announced | None) -> list[Row]:
    """The lines that can still come back, with what is announced of them."""
    said = {one.order_line_id: one for one in waits.lines.all()} if waits else {}
    rows = []
    for line in left.lines:
        one = said.get(line.pk)
        quantity = min(one.quantity, line.left) if one else 0
        if line.left:
            rows.append(Row(line, Back(line.pk, quantity, Reason(one.reason) if one else Reason.UNSAID)))
    return rows
