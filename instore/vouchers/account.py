"""The vouchers of who is signed in: what went back to them of what they bought."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from instore.vouchers.models import CreditVoucher
from omni_sync.people.models import Person

MOST: Final = 100


def vouchers_of(user: Any) -> QuerySet[CreditVoucher]:
    """Issued for goods of their own orders, by whoever brought them; never what somebody got for a present."""
    humans = Person.objects.of_account(user).values("pk")
    mine = Q(sale_return__order__user=user.pk) | Q(sale_return__order__sale__person__in=humans)
    rows = CreditVoucher.objects.filter(mine, is_gift=False).defer("code_hash", "token_hash", "sealed")
    return rows.select_related("store__partner__location", "sale_return__order").order_by("-pk")


@require_safe
@login_required
def my_vouchers(request: HttpRequest) -> HttpResponse:
    """What is left on each. Their codes are not shown: who adds a found receipt to an account has no right to them."""
    facts: dict[str, Any] = {
        "active_tab": "orders",
        "page_title": gettext("My credit vouchers"),
        "vouchers": vouchers_of(request.user)[:MOST],
    }
    answer = render(request, "instore/vouchers/account.html", facts)
    add_never_cache_headers(answer)
    return answer
