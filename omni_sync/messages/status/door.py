"""What the doors of providers have in common: a body of some size, and one answer for whoever is not them."""

from __future__ import annotations

from typing import Final

import structlog
from django.http import HttpRequest, HttpResponse

from omni_sync.limits import Limit, caller
from omni_sync.problems import problem

log = structlog.get_logger(__name__)

LARGEST: Final = 1024 * 1024
#: Whoever guesses at signatures is not looked at for long.
guesses: Final = Limit("forged-notices", most=60, seconds=60)


class TooLarge(Exception):
    """No notice is so long."""


def body_of(request: HttpRequest) -> bytes:
    """The raw bytes. Raises TooLarge."""
    body: bytes = request.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise TooLarge
    return body


def done() -> HttpResponse:
    return HttpResponse(status=204, headers={"Cache-Control": "no-store"})


def too_large() -> HttpResponse:
    return problem(413, "Too large", "A notice has 1 MB at most.")


def forged(request: HttpRequest, provider: str) -> HttpResponse:
    """403, and after some of them 429."""
    wait = guesses.refusal(caller(request))
    if wait is not None:
        return problem(429, "Too many requests", "These were not signed.", {"Retry-After": str(wait)})
    log.warning("message notice refused", provider=provider, reason="not signed")
    return problem(403, "Not signed", "The signature is missing or wrong.")
