"""The page behind the link below a message (RFC 8058): looking at it changes nothing, a POST from anywhere does."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from omni_sync.design.languages import reader_language
from omni_sync.limits import Limit, caller
from omni_sync.messages.unsubscribe.exceptions import UnknownLink
from omni_sync.messages.unsubscribe.unsubscribe import message_of, unsubscribe

guesses: Final = Limit("unsubscribe", most=60, seconds=60)


@never_cache
@csrf_exempt  # a mail programme posts it, without cookies: the token is the whole proof
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, token: str) -> HttpResponse:
    """Asks once more; posted, it is done, however often."""
    if guesses.refusal(caller(request)) is not None:
        return _shown(request, 429, is_too_often=True)
    try:
        if request.method == "POST":
            return _shown(request, message=unsubscribe(token=token), is_done=True)
        return _shown(request, message=message_of(token))
    except UnknownLink:
        return _shown(request, 404, is_unknown=True)


def _shown(request: HttpRequest, status: int = 200, **facts: Any) -> HttpResponse:
    with translation.override(reader_language(request)):
        answer = render(request, "omni_sync/messages/unsubscribe.html", facts, status=status)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
