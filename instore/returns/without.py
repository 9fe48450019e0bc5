"""Goods without a receipt, at the tablet: for a manager."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from instore.returns.brought import BY_HAND, MOST, Given, brought_in, given_in, typed_in
from instore.returns.form import SHOW, key_in, shown_in
from instore.returns.models import Disposition, Reason, TakenBack
from instore.returns.problems import UNLINKED, told
from instore.returns.shown import assert_sum_as_shown, assert_ways_as_shown
from instore.returns.slips import slips_of
from instore.returns.unlinked import Article, article_of, take_back_unlinked
from instore.staff.guard import OnDuty, for_staff
from instore.staff.models import Role
from instore.tablet.acts import Unreadable
from instore.tablet.problems import Told, out_of_date
from omni_sync.columns import could_be
from omni_sync.sales.models import Return

LONGEST_NUMBER: Final = 128


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(role=Role.MANAGER)
def without_page(request: HttpRequest, duty: OnDuty) -> HttpResponse:
    """Scan what was brought, type what is given, see the sum; posted, it comes back."""
    form = request.POST if request.method == "POST" else request.GET
    article = article_of(said=form.get("article", ""), store=duty.store)
    if request.method != "POST" or article is None or SHOW in form:
        return _page(request, duty, form, article)
    try:
        row = _take(form, article, duty)
    except UNLINKED as refusal:
        return _page(request, duty, form, article, problem=told(refusal))
    except Unreadable:
        return _page(request, duty, form, article, problem=out_of_date())
    return redirect(f"{reverse('staff:return-without')}?done={row.number}")


def _take(form: Mapping[str, str], article: Article, duty: OnDuty) -> Return:
    typed = typed_in(form)
    given = given_in(typed, article)
    brought, shown = brought_in(typed, given), shown_in(form)
    assert_sum_as_shown(shown, given.amount, article.currency)
    assert_ways_as_shown(shown, given.method, given.shares)
    return take_back_unlinked(article=article, brought=brought, duty=duty, key=key_in(form))


def _page(
    request: HttpRequest,
    duty: OnDuty,
    form: Mapping[str, str],
    article: Article | None,
    *,
    problem: Told | None = None,
) -> HttpResponse:
    done, typed = _done(duty, request.GET.get("done", "")), typed_in(form)
    given, wrong = _given(typed, article)
    facts = {
        "duty": duty,
        "said": form.get("article", ""),
        "article": article,
        "typed": typed,
        "sum": given,
        "wrong": wrong,
        "problem": problem,
        "done": done,
        "given": [(one["method"], Decimal(one["amount"])) for one in done.refunds] if done else [],
        "vouchers": slips_of(done, device=duty.device) if done else [],
        "most": MOST,
        "methods": [(one.value, one.label) for one in BY_HAND],
        "reasons": Reason.choices,
        "dispositions": Disposition.choices,
    }
    return render(request, "instore/returns/without.html", facts, status=409 if problem else 200)


def _given(typed: Mapping[str, str], article: Article | None) -> tuple[Given | None, Told | None]:
    """What would go back for what is typed, or why it can't; neither where nothing is."""
    if article is None or not typed.get("each"):
        return None, None
    try:
        return given_in(typed, article), None
    except UNLINKED as refusal:
        return None, told(refusal)
    except Unreadable:
        return None, out_of_date()


def _done(duty: OnDuty, number: str) -> Return | None:
    if not (number and could_be(number, LONGEST_NUMBER)):
        return None
    mine = TakenBack.objects.filter(sale_return__number=number, sale_return__store=duty.store.partner)
    known = mine.filter(sale_return__order=None).select_related("sale_return").first()
    return known.sale_return if known else None
