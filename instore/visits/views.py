"""The shopper's basket on the tablet: filled here, come from a phone, or on its way to one."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from instore.staff import session
from instore.staff.guard import OnDuty, for_staff
from instore.visits.exceptions import UnknownArticle
from instore.visits.page import MOST, page_of
from instore.visits.visit import TAKEN, add_article, basket_at, end_visit, keep_basket
from omni_sync.carts.exceptions import BasketClosed
from omni_sync.carts.live import basket_topic
from omni_sync.carts.put import NotToBeHad, set_quantity
from omni_sync.catalogue.wording import own_title

WRONG: Final = 422
CONFLICT: Final = 409


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff()
def visit(request: HttpRequest, duty: OnDuty) -> HttpResponse:
    """The basket; posted, one more of the article that was scanned or typed."""
    if request.method != "POST":
        return visit_page(request, duty)
    said, seen = request.POST.get("article", ""), request.POST.get("seen", "")
    basket = basket_at(request)
    try:
        is_added = add_article(basket=basket, said=said, seen=int(seen) if _is_number(seen) else -1, duty=duty)
    except UnknownArticle:
        return visit_page(
            request, duty, status=WRONG, wrong=gettext("No article of this shop has this code."), said=said
        )
    except NotToBeHad as refusal:
        return visit_page(request, duty, status=CONFLICT, wrong=_words(refusal))
    except BasketClosed:
        return visit_page(request, duty, status=CONFLICT, wrong=closed())
    if not is_added:
        return visit_page(
            request, duty, status=CONFLICT, wrong=gettext("The basket has changed. Look at it, and scan again.")
        )
    keep_basket(request, basket)
    return redirect("staff:visit")


@require_POST
@for_staff()
def line(request: HttpRequest, duty: OnDuty, pk: int) -> HttpResponse:
    """So many of it, or none."""
    quantity, basket = request.POST.get("quantity", ""), basket_at(request)
    if not basket.pk or not _is_number(quantity) or int(quantity) > MOST:
        return redirect("staff:visit")
    try:
        with transaction.atomic():
            set_quantity(basket=basket, line_id=pk, quantity=int(quantity))
    except NotToBeHad as refusal:
        return visit_page(request, duty, status=CONFLICT, wrong=_words(refusal))
    except BasketClosed:
        return visit_page(request, duty, status=CONFLICT, wrong=closed())
    return redirect("staff:visit")


@require_POST
@for_staff()
def end(request: HttpRequest, duty: OnDuty) -> HttpResponse:
    """The shopper has gone."""
    end_visit(request)
    return redirect("staff:today")


def visit_page(request: HttpRequest, duty: OnDuty, *, status: int = 200, **facts: Any) -> HttpResponse:
    """The basket as it is now, and what was wrong."""
    basket = basket_at(request)
    facts |= {"duty": duty, "page": page_of(basket), "may_undo": session.remembered(request, TAKEN) is not None}
    if basket.pk:
        facts["topics"] = [basket_topic(basket.pk)]
    return render(request, "instore/visits/visit.html", facts, status=status)


def closed() -> str:
    return gettext("This basket is being ordered elsewhere. Nothing was changed.")


def _words(refusal: NotToBeHad) -> str:
    named = {"title": own_title(refusal.product.get_title()), "most": refusal.most}
    if not refusal.most:
        return gettext("There is no “%(title)s” left here to promise.") % named
    return gettext("There are only %(most)s of “%(title)s” here to promise.") % named


def _is_number(said: str) -> bool:
    return said.isascii() and said.isdigit() and len(said) < 6  # noqa: PLR2004 - more than anybody carries
