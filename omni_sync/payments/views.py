"""The providers' door: verify the raw bytes, keep them, answer."""

from __future__ import annotations

from typing import Final

import structlog
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from omni_sync.payments import providers
from omni_sync.payments.exceptions import Malformed, Unauthorised
from omni_sync.payments.receive import receive
from omni_sync.problems import problem

log = structlog.get_logger(__name__)

LARGEST: Final = 1024 * 1024


@csrf_exempt
@require_POST
def webhook(request: HttpRequest, provider: str) -> HttpResponse:
    """200 once the event is durable, also for one that was heard before or means nothing to us."""
    if provider not in providers():
        return problem(404, "Unknown provider", "No payments are made through this provider.")
    body: bytes = request.read(LARGEST + 1)
    if len(body) > LARGEST:
        return problem(413, "Too large", "An event has 1 MB at most.")
    headers = {name.lower(): value for name, value in request.headers.items()}
    try:
        receive(through=provider, body=body, headers=headers)
    except Unauthorised:
        log.warning("payment notice refused", provider=provider, reason="not signed")
        return problem(401, "Not signed", "The signature is missing or wrong, or more than 5 minutes off.")
    except Malformed:
        return problem(422, "Nothing usable", "This is not an event.")
    return HttpResponse(status=200, headers={"Cache-Control": "no-store"})
