"""Goods for goods at the tablet: what comes back, what goes out, the difference, one tap."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from instore.customers.find import find
from instore.exchanges.exchange import Exchanged, exchange, sale_of
from instore.exchanges.form import outs_in, pay_in
from instore.exchanges.page import Page, page_of
from instore.exchanges.problems import REFUSALS, told
from instore.receipts.address import link_of, token_of
from instore.receipts.find import of_order
from instore.receipts.pdf import symbol
from instore.returns.find import LONGEST
from instore.returns.form import gift_in, is_gift, key_in, lines_in, method_in, sum_in
from instore.returns.left import left_of
from instore.returns.models import Method
from instore.returns.slips import slips_of
from instore.returns.views import purchase_or_page
from instore.staff.guard import OnDuty, for_staff
from instore.tablet.acts import Unreadable
from instore.tablet.exceptions import SomebodyElses
from instore.tablet.owed import Method as Pay
from instore.tablet.problems import Told, out_of_date, somebody_elses
from instore.tablet.sender import assert_senders
from omni_sync.columns import could_be
from omni_sync.oscar.models import Order
from omni_sync.sales.documents import VOUCHER
from omni_sync.sales.exchanged import EXCHANGE
from omni_sync.sales.models import Return


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff()
def exchange_page(request: HttpRequest, duty: OnDuty, pk: int) -> HttpResponse:
    """What of a purchase comes back and what goes out for it; posted, it is exchanged."""
    order = purchase_or_page(request, duty, pk)
    if isinstance(order, HttpResponse):
        return order
    if request.method != "POST":
        known = _done(duty, order, request.GET.get("done", ""))
        return _thanks(request, duty, order, known) if known else _page(request, duty, order, request.GET)
    return _posted(request, duty, order)


def _posted(request: HttpRequest, duty: OnDuty, order: Order) -> HttpResponse:
    try:
        done = _exchange(request, duty, order)
    except SomebodyElses:
        return _page(request, duty, order, request.POST, problem=somebody_elses())
    except Unreadable:
        return _page(request, duty, order, gift_in(request.POST), problem=out_of_date())
    except REFUSALS as refusal:
        return _page(request, duty, order, request.POST, problem=told(refusal))
    query = urlencode({"done": done.sale.number, **gift_in(request.POST)})
    return redirect(f"{reverse('staff:exchange', kwargs={'pk': order.pk})}?{query}")


def _exchange(request: HttpRequest, duty: OnDuty, order: Order) -> Exchanged:
    assert_senders(request, duty)
    form = request.POST
    return exchange(
        order=order,
        lines=lines_in(form, left_of(order).lines),
        out=outs_in(form),
        method=method_in(form),
        pay=pay_in(form),
        duty=duty,
        key=key_in(form),
        shown=sum_in(form),
        is_gift=is_gift(form),
    )


def _page(
    request: HttpRequest, duty: OnDuty, order: Order, form: Mapping[str, str], *, problem: Told | None = None
) -> HttpResponse:
    page = page_of(order, form=form, duty=duty)
    said = form.get("article", "")[:LONGEST]
    facts: dict[str, Any] = {
        "duty": duty,
        "page": page,
        "problem": problem,
        "said": said,
        "found": _found(said, page, duty) if said else [],
        "pays": Pay.choices,
        "methods": Method.choices,
    }
    return render(request, "instore/exchanges/exchange.html", facts, status=409 if problem else 200)


def _found(said: str, page: Page, duty: OnDuty) -> list[tuple[Any, list[tuple[Any, str]]]]:
    """The styles that were looked for; a tap lets one of a size go out."""
    outs = {one.product: one.quantity for one in page.asked.outs}
    return [
        (style, [(one, page.asked.with_out(one.product_id, outs.get(one.product_id, 0) + 1)) for one in style.choices])
        for style in find(said, store=duty.store, sizes={})
    ]


def _done(duty: OnDuty, order: Order, number: str) -> Exchanged | None:
    """The exchange that was just done here."""
    here = Return.objects.filter(order=order, store=duty.store.partner, exchange=number)
    is_number = bool(number) and could_be(number, LONGEST)
    back = here.exclude(taken_back=None).first() if is_number else None
    return Exchanged(back, sale_of(back)) if back else None


def _thanks(request: HttpRequest, duty: OnDuty, order: Order, done: Exchanged) -> HttpResponse:
    receipt = of_order(done.sale.order)
    facts = {
        "duty": duty,
        "order": order,
        "done": done,
        "came": done.back.lines.select_related("taken_back__order_line").order_by("pk"),
        "went": done.sale.order.lines.order_by("pk"),
        "given": _given(done),
        "is_gift": is_gift(request.GET),
        "vouchers": [slip for slip in slips_of(done.back, device=duty.device) if slip.is_good],
        "receipt": receipt,
        "receipt_token": token_of(receipt),
        "receipt_qr": symbol(link_of(receipt)),
    }
    return render(request, "instore/exchanges/done.html", facts)


def _given(done: Exchanged) -> list[tuple[str, Decimal]]:
    """What goes back beside the goods: of a voucher, what it did not pay for them."""
    paid = done.sale.order.sources.filter(source_type__code=VOUCHER).values_list("reference", "amount_debited")
    in_goods = dict(paid)
    beside = [one for one in done.back.refunds if one["method"] != EXCHANGE]
    given = [(one["method"], Decimal(one["amount"]) - in_goods.get(one["reference"], 0)) for one in beside]
    return [(method, amount) for method, amount in given if amount]
