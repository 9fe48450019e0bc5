"""A receipt on a screen, and what is done with it there. Whoever has its address may: it cannot be guessed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from instore.receipts.address import path_of
from instore.receipts.bearer import for_bearer
from instore.receipts.claims.said import is_token
from instore.receipts.exceptions import NotPaidYet, ReceiptUnknown
from instore.receipts.find import of_owner
from instore.receipts.letter import AddressForm, send
from instore.receipts.make import gift_printed, printed
from instore.receipts.opened import Opened, opened_by
from instore.receipts.pdf import FORMS, symbol
from instore.receipts.written import written
from omni_sync.design.languages import reader_language
from omni_sync.design.paper import NoPaper
from omni_sync.design.private import told_to_nobody
from omni_sync.limits import Limit, caller

Page = Callable[[HttpRequest, Opened], HttpResponse]
WITHIN: Final = "same-origin"  # what has no token in its address may say where its forms come from
looks: Final = Limit("receipt-page", most=120, seconds=60)
guesses: Final = Limit("receipt-guess", most=20, seconds=60)
letters: Final = Limit("receipt-letter", most=5, seconds=3600)


def for_owner(page: Page) -> Callable[[HttpRequest, str], HttpResponse]:
    """The receipt of an order of who is signed in; it needs no token."""

    @login_required
    @transaction.non_atomic_requests
    @wraps(page)
    def opened(request: HttpRequest, number: str) -> HttpResponse:
        with translation.override(reader_language(request)):
            try:
                found = Opened(of_owner(user=request.user, number=number))
            except ReceiptUnknown:
                raise Http404 from None
            except NotPaidYet as refusal:
                facts = {"due": refusal.due, "currency": refusal.currency}
                answer = render(request, "instore/receipts/not_paid.html", facts, status=404)
                return told_to_nobody(answer, referrer=WITHIN)
            return told_to_nobody(page(request, found), referrer=WITHIN)

    return opened


def not_known(request: HttpRequest, token: str) -> HttpResponse:
    """Nothing is known of this token, perhaps not yet."""
    facts = {"token": token if is_token(token) else ""}
    return render(request, "instore/receipts/nothing.html", facts, status=404)


#: What opens a receipt, by the token of its address.
bearer = for_bearer(looks=looks, guesses=guesses, opens=opened_by, unknown=ReceiptUnknown, nothing=not_known)


@require_safe
def show(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The receipt as it stands now: bought, voided, returned."""
    return _page(request, opened, AddressForm(initial={"email": getattr(request.user, "email", "")}))


@require_POST
def print_it(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The receipt as PDF, on the paper that was asked for; the second and all after it are copies."""
    form = FORMS.get(request.POST.get("paper", ""))
    if form is None:
        return redirect(opened.path("page"))
    draw = gift_printed if opened.is_gift else printed
    language = translation.get_language() or "en"
    try:
        pdf = draw(receipt=opened.receipt, form=form, language=language, link=opened.link)
    except NoPaper as refusal:
        return render(request, "instore/receipts/no_paper.html", {"lacking": refusal.lacking}, status=503)
    answer = HttpResponse(pdf, content_type="application/pdf")
    name = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in opened.receipt.number)
    answer.headers["Content-Disposition"] = f'inline; filename="{name}-{form.name}.pdf"'
    return answer


@require_safe
def gift(request: HttpRequest, opened: Opened) -> HttpResponse:
    """On to the gift receipt, which has an address of its own: it may be given away."""
    address = "" if opened.is_gift else path_of(opened.receipt, is_gift=True)
    return redirect(address or opened.path("page"))


@require_http_methods(["GET", "HEAD", "POST"])
def send_it(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The receipt goes to the address that was typed, and nothing else ever does. Who only looks is led to the page."""
    form = AddressForm(request.POST)
    if request.method != "POST" or not opened.can_be_sent:
        return redirect(opened.path("page"))
    if not form.is_valid():
        return _page(request, opened, form, status=422)
    if letters.refusal(f"{opened.receipt.pk}") or letters.refusal(caller(request)):
        form.add_error("email", gettext("That is enough letters for now. Try again in an hour."))
        return _page(request, opened, form, status=429)
    with transaction.atomic():
        send(
            receipt=opened.receipt,
            to=form.cleaned_data["email"],
            language=translation.get_language() or "en",
            link=opened.link,
        )
    messages.success(request, gettext("The receipt is on its way to you."))
    return redirect(opened.path("page"))


def _page(request: HttpRequest, opened: Opened, form: AddressForm, *, status: int = 200) -> HttpResponse:
    language = translation.get_language() or "en"
    said = written(opened.receipt, language=language, link=opened.link, is_gift=opened.is_gift)
    facts: dict[str, Any] = {
        "said": said,
        "qr": symbol(said.link),
        "receipt": opened.receipt,
        "opened": opened,
        "papers": list(FORMS),
        "form": form,
        "print_path": opened.path("print"),
        "gift_path": "" if opened.is_gift else opened.path("gift"),
        "send_path": opened.path("send") if opened.can_be_sent else "",
    }
    return render(request, "instore/receipts/page.html", facts, status=status)
