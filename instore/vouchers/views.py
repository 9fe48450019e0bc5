"""A voucher on a screen. Whoever has its address may spend it, so it is shown to them and to nobody else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from instore.receipts.pdf import FORMS, pdf_of
from instore.vouchers.codes import as_token
from instore.vouchers.exceptions import VoucherUnknown
from instore.vouchers.find import find
from instore.vouchers.letter import VoucherAddressForm, send
from instore.vouchers.models import CreditVoucher
from instore.vouchers.slip import Slip, slip_of
from omni_sync.design.languages import reader_language
from omni_sync.design.paper import NoPaper, can_draw
from omni_sync.limits import Limit, caller

Page = Callable[[HttpRequest, CreditVoucher, Slip], HttpResponse]
ENTRIES: Final = 50
looks: Final = Limit("voucher-page", most=120, seconds=60)
guesses: Final = Limit("voucher-guess", most=20, seconds=60)
letters: Final = Limit("voucher-letter", most=5, seconds=3600)


def for_bearer(page: Page) -> Callable[[HttpRequest, str], HttpResponse]:
    """Find the voucher that the token of the address opens, and speak its reader's language.

    Browsers keep the address to themselves and don't say where a form comes from: it is the address that proves it.
    """

    @csrf_exempt
    @transaction.non_atomic_requests
    @sensitive_variables("token")
    @wraps(page)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        with translation.override(reader_language(request)):
            if wait := looks.refusal(caller(request)):
                return _too_often(request, wait)
            try:
                voucher = find(as_token(token))
            except VoucherUnknown:
                if wait := guesses.refusal(caller(request)):
                    return _too_often(request, wait)
                return _private(render(request, "instore/vouchers/nothing.html", status=404))
            return _private(page(request, voucher, slip_of(voucher, token=token)))

    return opened


@require_safe
def show(request: HttpRequest, voucher: CreditVoucher, slip: Slip) -> HttpResponse:
    """What is left of it, how it is spent, and what was spent."""
    return _page(request, voucher, slip, VoucherAddressForm(initial={"email": getattr(request.user, "email", "")}))


@require_POST
def print_it(request: HttpRequest, voucher: CreditVoucher, slip: Slip) -> HttpResponse:
    """The voucher as PDF, on the paper that was asked for, as it stands now."""
    form = FORMS.get(request.POST.get("paper", ""))
    if form is None:
        return redirect("voucher:page", token=slip.token)
    try:
        can_draw()
    except NoPaper as refusal:
        return render(request, "instore/receipts/no_paper.html", {"lacking": refusal.lacking}, status=503)
    facts = {"slip": slip, "form": form, "language": translation.get_language() or "en"}
    pdf = pdf_of(render_to_string("instore/vouchers/paper.html", facts), form=form)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{slip.number}-{form.name}.pdf"'
    return answer


@require_POST
def send_it(request: HttpRequest, voucher: CreditVoucher, slip: Slip) -> HttpResponse:
    """Its address goes to the e-mail address that was typed, and nothing else ever does."""
    form = VoucherAddressForm(request.POST)
    if not form.is_valid():
        return _page(request, voucher, slip, form, status=422)
    if letters.refusal(f"{voucher.pk}") or letters.refusal(caller(request)):
        form.add_error("email", gettext("That is enough letters for now. Try again in an hour."))
        return _page(request, voucher, slip, form, status=429)
    with transaction.atomic():
        send(slip=slip, to=form.cleaned_data["email"], language=translation.get_language() or "en")
    messages.success(request, gettext("The voucher is on its way to you."))
    return redirect("voucher:page", token=slip.token)


def _page(
    request: HttpRequest, voucher: CreditVoucher, slip: Slip, form: VoucherAddressForm, *, status: int = 200
) -> HttpResponse:
    entries = voucher.entries.select_related("store__partner").order_by("-pk")[:ENTRIES]
    facts: dict[str, Any] = {"slip": slip, "entries": entries, "form": form, "papers": list(FORMS)}
    return render(request, "instore/vouchers/page.html", facts, status=status)


def _too_often(request: HttpRequest, wait: int) -> HttpResponse:
    answer = _private(render(request, "instore/receipts/too_often.html", status=429))
    answer.headers["Retry-After"] = str(wait)
    return answer


def _private(answer: HttpResponse) -> HttpResponse:
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Content-Language"] = translation.get_language() or ""
    return answer
