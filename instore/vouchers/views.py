"""A voucher on a screen. Whoever has its address may spend it, so it is shown to them and to nobody else."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from instore.receipts.bearer import for_bearer
from instore.receipts.pdf import FORMS, pdf_of
from instore.vouchers.codes import as_token
from instore.vouchers.exceptions import VoucherUnknown
from instore.vouchers.find import find
from instore.vouchers.letter import VoucherAddressForm, send
from instore.vouchers.models import CreditVoucher
from instore.vouchers.slip import Slip, slip_of
from omni_sync.design.paper import NoPaper, can_draw
from omni_sync.limits import Limit, caller

ENTRIES: Final = 50
looks: Final = Limit("voucher-page", most=120, seconds=60)
guesses: Final = Limit("voucher-guess", most=20, seconds=60)
letters: Final = Limit("voucher-letter", most=5, seconds=3600)


class Held(NamedTuple):
    """A voucher in somebody's hand, and its slip."""

    voucher: CreditVoucher
    slip: Slip


def opened_by(token: str) -> Held:
    """The voucher that the token of the address opens. Raises VoucherUnknown."""
    voucher = find(as_token(token))
    return Held(voucher, slip_of(voucher, token=token))


def not_known(request: HttpRequest, token: str) -> HttpResponse:
    """It opens no voucher."""
    return render(request, "instore/vouchers/nothing.html", status=404)


#: What opens a voucher, by the token of its address.
bearer = for_bearer(looks=looks, guesses=guesses, opens=opened_by, unknown=VoucherUnknown, nothing=not_known)


@require_safe
def show(request: HttpRequest, held: Held) -> HttpResponse:
    """What is left of it, how it is spent, and what was spent."""
    return _page(request, held, VoucherAddressForm(initial={"email": getattr(request.user, "email", "")}))


@require_POST
def print_it(request: HttpRequest, held: Held) -> HttpResponse:
    """The voucher as PDF, on the paper that was asked for, as it stands now."""
    form = FORMS.get(request.POST.get("paper", ""))
    if form is None:
        return redirect("voucher:page", token=held.slip.token)
    try:
        can_draw()
    except NoPaper as refusal:
        return render(request, "instore/receipts/no_paper.html", {"lacking": refusal.lacking}, status=503)
    facts = {"slip": held.slip, "form": form, "language": translation.get_language() or "en"}
    pdf = pdf_of(render_to_string("instore/vouchers/paper.html", facts), form=form)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{held.slip.number}-{form.name}.pdf"'
    return answer


@require_POST
def send_it(request: HttpRequest, held: Held) -> HttpResponse:
    """Its address goes to the e-mail address that was typed, and nothing else ever does."""
    form = VoucherAddressForm(request.POST)
    if not form.is_valid():
        return _page(request, held, form, status=422)
    if letters.refusal(f"{held.voucher.pk}") or letters.refusal(caller(request)):
        form.add_error("email", gettext("That is enough letters for now. Try again in an hour."))
        return _page(request, held, form, status=429)
    with transaction.atomic():
        send(slip=held.slip, to=form.cleaned_data["email"], language=translation.get_language() or "en")
    messages.success(request, gettext("The voucher is on its way to you."))
    return redirect("voucher:page", token=held.slip.token)


def _page(request: HttpRequest, held: Held, form: VoucherAddressForm, *, status: int = 200) -> HttpResponse:
    entries = held.voucher.entries.select_related("store__partner").order_by("-pk")[:ENTRIES]
    facts: dict[str, Any] = {"slip": held.slip, "entries": entries, "form": form, "papers": list(FORMS)}
    return render(request, "instore/vouchers/page.html", facts, status=status)
