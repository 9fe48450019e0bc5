"""What a form says about a receipt, and what comes of it: the same on the receipt's pages and in the account."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_variables

from instore.receipts.claims.claim import claim
from instore.receipts.claims.exceptions import NotAToken
from instore.receipts.claims.photo import MOST_BYTES, text_in_photo
from instore.receipts.claims.said import LONGEST, token_in
from instore.receipts.claims.signals import receipt_claimed
from omni_sync import conf
from omni_sync.limits import Limit, caller

tries: Final = Limit("claims", most=20, seconds=60)


@sensitive_variables()
def token_asked(request: HttpRequest) -> str:
    """The token in the photo or in what was typed. Raises NotAToken."""
    photo: Any = request.FILES.get("photo")
    if photo is None:
        return token_in(request.POST.get("code", "")[:LONGEST])
    if photo.size > MOST_BYTES:
        raise NotAToken
    return token_in(text_in_photo(photo))


def must_wait(request: HttpRequest) -> int | None:
    """Seconds until this reader may try again; None where they may now."""
    reader: Any = request.user
    by_account = tries.refusal(f"account-{reader.pk}") if reader.is_authenticated else None
    return by_account or tries.refusal(caller(request))


@sensitive_variables("token")
def claimed(request: HttpRequest, token: str) -> HttpResponse:
    """Add it, and go where it is to be seen. Raises one of ``words.REFUSALS``."""
    outcome = claim(token=token, user=request.user)
    if outcome.order is None:
        words = gettext(
            "We remember this receipt. The till has not told us of the purchase yet: it will appear here by itself."
        )
        messages.info(request, words)
        return redirect("customer:order-list")
    receipt_claimed.send(sender=None, request=request)
    words = gettext("It is in your account now.") if outcome.is_new else gettext("It is in your account already.")
    messages.success(request, words)
    return redirect(conf.purchase_page(), outcome.order.number)
