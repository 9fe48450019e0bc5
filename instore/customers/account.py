"""“My code”, in the account of whoever shows it: the code, what staff see by it, and who has looked."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from instore.customers.live import looks_topic
from instore.customers.models import LookUp
from omni_sync.customer_code.mint import Minted, mint
from omni_sync.customer_code.parts import Part, hidden_in, say_what_is_seen, stated
from omni_sync.design.qr import qr_svg
from omni_sync.limits import Limit
from omni_sync.people.account import person_of
from omni_sync.people.models import Person

LOOKS: Final = 20
codes: Final = Limit("customer-codes", most=30, seconds=60)  # that one account is shown


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def my_code(request: HttpRequest) -> HttpResponse:
    """A new code each time it is read; posted, it keeps what staff may see."""
    with transaction.atomic():
        person = person_of(user=request.user)
        if request.method == "POST":
            seen = frozenset(part for part in Part if part.value in request.POST.getlist("seen"))
            say_what_is_seen(person=person, seen=seen, wording=wording())
        minted = mint(person_id=person.pk) if request.method == "GET" and _may_mint(request) else None
    if request.method == "POST":
        messages.success(request, gettext("Saved: staff see what is ticked, and nothing else."))
        return redirect(request.path)
    answer = render(request, "instore/customers/my_code.html", _facts(person, minted))
    add_never_cache_headers(answer)
    return answer


def wording() -> str:
    """Under which words somebody shows their code and says what is seen by it."""
    return gettext("When I show my code in a shop, staff there may see for a quarter of an hour:")


def _may_mint(request: HttpRequest) -> bool:
    return codes.refusal(str(request.user.pk)) is None


def _facts(person: Person, minted: Minted | None) -> dict[str, Any]:
    hidden = hidden_in(stated(person))
    mine = LookUp.objects.filter(person__in=Person.objects.alike(person).values("pk"))
    facts: dict[str, Any] = {
        "active_tab": "code",
        "page_title": gettext("My code"),
        "wording": wording(),
        "parts": [(part.value, part.label, part not in hidden) for part in Part],
        "looks": mine.select_related("store__partner__location").order_by("-at", "-pk")[:LOOKS],
        "topics": [looks_topic(person)],
    }
    if minted is not None:
        half = len(minted.code) // 2
        facts |= {"code": f"{minted.code[:half]} {minted.code[half:]}", "qr": qr_svg(minted.payload)}
    return facts
