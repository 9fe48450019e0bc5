"""The page behind the link below a message (RFC 8058): looking at it changes nothing, a POST from anywhere does."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from omni_sync.design.languages import reader_language
from omni_sync.limits import Limit, caller
from omni_sync.messages.models import Message
from omni_sync.messages.unsubscribe.exceptions import NothingToUndo, UnknownLink
from omni_sync.messages.unsubscribe.unsubscribe import may_undo, message_of, undo, unsubscribe
from omni_sync.messages.words import spoken
from omni_sync.people.wordings import wording_of

guesses: Final = Limit("unsubscribe", most=60, seconds=60)
Page = Callable[..., HttpResponse]


def known(answer: Page) -> Page:
    """A page about a message, which it is given, in the language of the message; for who guesses, another.

    Only what is unknown is counted: a provider of mailboxes ends many people's messages from one address.
    """

    @sensitive_variables("token")
    @wraps(answer)
    def shown(request: HttpRequest, token: str) -> HttpResponse:
        try:
            message = message_of(token)
            with translation.override(spoken(message.language) if message.language else reader_language(request)):
                return answer(request, token, message)
        except UnknownLink:
            if guesses.refusal(caller(request)) is not None:
                return _alone(request, 429, is_too_often=True)
            return _alone(request, 404, is_unknown=True)

    return shown


@never_cache
@csrf_exempt  # a mail programme posts it, without cookies: the token is the whole proof
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
@known
def page(request: HttpRequest, token: str, message: Message) -> HttpResponse:
    """Asks once more; posted, it is done, however often."""
    if request.method == "POST":
        return _done(request, token, unsubscribe(token=token))
    return _shown(request, message=message)


@never_cache
@csrf_exempt  # its page is opened without cookies, too
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
@known
def mistake(request: HttpRequest, token: str, message: Message) -> HttpResponse:
    """It was a mistake: they agree again to the words they have just read. Who only looks is led to the page."""
    if request.method != "POST":
        return _untold(redirect("unsubscribe:page", token=token))
    try:
        again = undo(token=token, language=get_language() or "")
    except NothingToUndo:
        return _shown(request, 409, message=message, is_late=True)
    return _shown(request, message=again, is_back=True)


def _done(request: HttpRequest, token: str, message: Message) -> HttpResponse:
    words = wording_of(channel=message.channel, purpose=message.purpose, language=get_language() or "")
    return _shown(request, message=message, is_done=True, token=token, wording=words.text if may_undo(message) else "")


def _alone(request: HttpRequest, status: int, **facts: Any) -> HttpResponse:
    with translation.override(reader_language(request)):
        return _shown(request, status, **facts)


def _shown(request: HttpRequest, status: int = 200, **facts: Any) -> HttpResponse:
    answer = _untold(render(request, "omni_sync/messages/unsubscribe.html", facts, status=status))
    answer.headers["Content-Language"] = get_language() or ""
    return answer


def _untold(answer: HttpResponse) -> HttpResponse:
    """Nobody is told this address."""
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
