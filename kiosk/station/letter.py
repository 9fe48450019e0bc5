"""The list by e-mail: a letter of service, asked for by who reads it, and the kiosk keeps no address."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from instore.lists.shown import Thing, nobodys_lines, things
from kiosk.station import my_list, visit
from kiosk.station.door import Here, in_visit
from kiosk.station.nonces import is_nonce, new_nonce
from kiosk.station.views import page
from omni_sync import conf
from omni_sync.limits import Limit
from omni_sync.lists.anonymous import keep
from omni_sync.messages.say import say
from omni_sync.money.formatting import format_money

KIND: Final = "kiosk_list"
letters: Final = Limit("kiosk-letters", most=20, seconds=3600)  # that one kiosk writes


class Address(forms.Form):
    email = forms.EmailField(label=_("Your e-mail address"), max_length=254)


@sensitive_post_parameters("email")
@require_http_methods(["GET", "HEAD", "POST"])
@in_visit
def letter(request: HttpRequest, here: Here) -> HttpResponse:
    """Ask for the address; posted, the letter goes out and the visit is over."""
    number = my_list.list_at(request)
    rows = things(nobodys_lines(number), mine=here.known, stands_there=True) if number else []
    if not rows:
        return redirect("kiosk:list")
    form = Address(request.POST if request.method == "POST" else None)
    nonce = request.POST.get("nonce", "")
    if request.method != "POST" or not form.is_valid() or not is_nonce(nonce):
        return _asking(request, here, form, status=422 if request.method == "POST" else 200)
    if letters.refusal(str(here.device.pk)) is not None:
        words = gettext("Too many letters were sent from here. Please send the list to your phone, or ask us.")
        return _asking(request, here, form, status=429, wrong=words)
    _write(here, nonce, form.cleaned_data["email"], rows, request)
    visit.end(request)
    return page(request, here, "kiosk/letter_sent.html")


def _asking(request: HttpRequest, here: Here, form: Address, *, status: int, wrong: str = "") -> HttpResponse:
    facts = {"form": form, "nonce": new_nonce(), "wrong": wrong}
    return page(request, here, "kiosk/letter.html", facts, status=status)


def _write(here: Here, nonce: str, address: str, rows: list[Thing], request: HttpRequest) -> None:
    """One letter for one form, with a list of its own that lives for as long as lists of nobody do."""
    with transaction.atomic(durable=True):
        kept = keep(wants=my_list.wants_at(request))
        facts = {
            "store": str(here.store),
            "things": [_line(row) for row in rows],
            "link": f"{conf.base_url()}/h/list/{kept.token}/",
        }
        say(key=f"kiosk-list-{nonce}", kind=KIND, to=address, language=get_language() or "", data=facts)


def _line(row: Thing) -> dict[str, Any]:
    where = row.where
    price = "" if where.price is None else format_money(where.price, where.currency, get_language() or "en")
    return {"title": row.title, "facts": " · ".join(row.facts), "quantity": row.quantity, "price": price}
