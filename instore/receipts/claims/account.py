"""“Add a receipt”, in the account: typed or photographed, and what still waits for its sale."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from instore.receipts.claims.asked import claimed, must_wait, token_asked
from instore.receipts.claims.models import Claim
from instore.receipts.claims.words import REFUSALS, Refusal, refusal_of, too_often
from omni_sync.people.models import Person


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add_receipt(request: HttpRequest) -> HttpResponse:
    """The form; posted, the purchase is in the account."""
    if request.method != "POST":
        return _page(request)
    if must_wait(request) is not None:
        return _page(request, too_often())
    try:
        return claimed(request, token_asked(request))
    except REFUSALS as refused:
        return _page(request, refusal_of(refused))


def _page(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    mine = Claim.objects.waiting(timezone.now()).filter(person__in=Person.objects.of_account(request.user).values("pk"))
    facts: dict[str, Any] = {
        "active_tab": "orders",
        "page_title": gettext("Add a receipt"),
        "refusal": refusal,
        "waiting": mine.order_by("made_at"),
    }
    status = refusal.status if refusal else 200
    answer = render(request, "instore/receipts/claims/account.html", facts, status=status)
    add_never_cache_headers(answer)
    return answer
