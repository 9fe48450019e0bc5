"""Goods without a receipt, at the tablet: for a manager."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from instore.returns.exceptions import AboveThePrice, KeySpent, NothingChosen
from instore.returns.form import key_in
from instore.returns.models import Disposition, Method, Reason, TakenBack
from instore.returns.problems import told
from instore.returns.slips import slips_of
from instore.returns.unlinked import Article, Brought, article_of, take_back_unlinked
from instore.staff.guard import OnDuty, for_staff
from instore.staff.models import Role
from instore.tablet.acts import Unreadable
from instore.tablet.problems import Told, out_of_date
from omni_sync.columns import could_be
from omni_sync.sales.models import Return

MOST = 99
LONGEST_AMOUNT = 13
LONGEST_NUMBER = 128
#: How money goes back of which nobody knows how it came.
BY_HAND = (Method.CASH.value, Method.VOUCHER.value)


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(role=Role.MANAGER)
def without_page(request: HttpRequest, duty: OnDuty) -> HttpResponse:
    """Scan what was brought; posted, it comes back for what the manager typed."""
    said = (request.POST if request.method == "POST" else request.GET).get("article", "")
    article = article_of(said=said, store=duty.store)
    if request.method != "POST" or article is None:
        return _page(request, duty, said, article)
    try:
        row = take_back_unlinked(article=article, brought=_brought(request.POST), duty=duty, key=key_in(request.POST))
    except (AboveThePrice, NothingChosen, KeySpent) as refusal:
        return _page(request, duty, said, article, problem=told(refusal))
    except Unreadable:
        return _page(request, duty, said, article, problem=out_of_date())
    return redirect(f"{reverse('staff:return-without')}?done={row.number}")


def _brought(form: QueryDict) -> Brought:
    quantity, each = form.get("many", ""), form.get("each", "")
    reason, disposition = form.get("why", ""), form.get("then", "")
    note = " ".join(form.get("note", "").replace("\x00", "").split())
    try:
        amount = Decimal(each) if len(each) <= LONGEST_AMOUNT else Decimal("NaN")
    except InvalidOperation:
        raise Unreadable from None
    is_number = quantity.isascii() and quantity.isdigit() and len(quantity) <= len(str(MOST))
    method = form.get("method") or Method.CASH.value
    is_known = reason in Reason.values and disposition in Disposition.values and method in BY_HAND
    if not (is_number and is_known and amount.is_finite() and note):
        raise Unreadable
    return Brought(int(quantity), amount, Reason(reason), Disposition(disposition), note, Method(method))


def _page(
    request: HttpRequest, duty: OnDuty, said: str, article: Article | None, *, problem: Told | None = None
) -> HttpResponse:
    done = _done(duty, request.GET.get("done", ""))
    facts = {
        "duty": duty,
        "said": said,
        "article": article,
        "problem": problem,
        "done": done,
        "vouchers": slips_of(done, device=duty.device) if done else [],
        "methods": [(one, Method(one).label) for one in BY_HAND],
        "reasons": Reason.choices,
        "dispositions": Disposition.choices,
    }
    return render(request, "instore/returns/without.html", facts, status=409 if problem else 200)


def _done(duty: OnDuty, number: str) -> Return | None:
    if not (number and could_be(number, LONGEST_NUMBER)):
        return None
    mine = TakenBack.objects.filter(sale_return__number=number, sale_return__store=duty.store.partner)
    known = mine.filter(sale_return__order=None).select_related("sale_return").first()
    return known.sale_return if known else None
