"""Pages whose address opens something: whoever has it may, and whoever guesses is slowed down."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables

from omni_sync.design.languages import reader_language
from omni_sync.design.private import told_to_nobody
from omni_sync.limits import Limit, caller

Page = Callable[..., HttpResponse]


def for_bearer(
    *,
    looks: Limit,
    guesses: Limit,
    opens: Callable[[str], Any],
    unknown: type[Exception],
    nothing: Callable[[HttpRequest, str], HttpResponse],
) -> Callable[[Page], Callable[[HttpRequest, str], HttpResponse]]:
    """Give the page what ``opens`` finds by the token of its address, and speak its reader's language.

    Browsers are told to keep the address to themselves; they then don't say where a form comes from either, so it is
    the address that proves it. Where ``opens`` raises ``unknown``, ``nothing`` answers.
    """

    def opened_by(page: Page) -> Callable[[HttpRequest, str], HttpResponse]:
        @csrf_exempt
        @transaction.non_atomic_requests
        @sensitive_variables("token")
        @wraps(page)
        def opened(request: HttpRequest, token: str) -> HttpResponse:
            with translation.override(reader_language(request)):
                if wait := looks.refusal(caller(request)):
                    return too_often(request, wait)
                try:
                    found = opens(token)
                except unknown:
                    wait = guesses.refusal(caller(request))
                    return too_often(request, wait) if wait else told_to_nobody(nothing(request, token))
                return told_to_nobody(page(request, found))

        return opened

    return opened_by


def too_often(request: HttpRequest, wait: int) -> HttpResponse:
    """Come again when ``wait`` seconds are over."""
    answer = told_to_nobody(render(request, "instore/receipts/too_often.html", status=429))
    answer.headers["Retry-After"] = str(wait)
    return answer
