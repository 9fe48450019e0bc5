"""The till's door: verify the raw bytes, keep them, answer."""

from __future__ import annotations

import json
from typing import Any, Final

import structlog
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from omni_sync.limits import Limit
from omni_sync.poke import poke_once
from omni_sync.pos.adapters import till
from omni_sync.pos.exceptions import Malformed, TooLarge, Unauthorised
from omni_sync.pos.models import Connection
from omni_sync.pos.receive import Answer, keep_unreadable, receive
from omni_sync.pos.secrets import secrets_of
from omni_sync.problems import Problem, problem

log = structlog.get_logger(__name__)

LARGEST: Final = 5 * 1024 * 1024
router = Router(tags=["tills"])
limit = Limit("door", most=200, seconds=1)


class Rejection(Schema):
    index: int = Field(description="Its place in the delivery, from 0.")
    id: str | None
    error: str


class Received(Schema):
    """Accepted means durable, not yet applied; said before means acknowledged, without effect."""

    accepted: int = Field(ge=0)
    duplicates: int = Field(ge=0)
    rejected: list[Rejection]


BODY: Final[dict[str, Any]] = {
    "parameters": [
        {
            "name": name,
            "in": "header",
            "required": False,
            "schema": {"type": "string"},
            "description": "Standard Webhooks",
        }
        for name in ("webhook-id", "webhook-timestamp", "webhook-signature")
    ],
    "requestBody": {
        "required": True,
        "description": "A native event, or a list of up to 500; at most 5 MB. Other adapters: that system's own body.",
        "content": {
            "application/json": {
                "schema": {
                    "oneOf": [
                        {"$ref": "#/components/schemas/NativeEvent"},
                        {"type": "array", "maxItems": 500, "items": {"$ref": "#/components/schemas/NativeEvent"}},
                    ]
                }
            }
        },
    },
}


@router.post(
    "/pos/{connection}/events",
    response={202: Received, 401: Problem, 404: Problem, 413: Problem, 422: Problem, 429: Problem},
    openapi_extra=BODY,
    summary="Tell what happened at the till",
)
def post_events(request: HttpRequest, connection: str) -> HttpResponse:
    """Signed by the connection's secret. 202 once every event is durable, whatever becomes of it later."""
    speaker = Connection.objects.filter(name=connection).first() if "\x00" not in connection else None
    if speaker is None:
        return problem(404, "Unknown connection", "There is no till connection of this name.")
    wait = limit.refusal(speaker.name)
    if wait is not None:
        return problem(429, "Too many requests", "200 a second are taken.", {"Retry-After": str(wait)})
    body = _body(request)
    if body is None:
        return problem(413, "Too large", "A delivery has 5 MB and 500 events at most.")
    return _answer(request, speaker, body)


def _answer(request: HttpRequest, speaker: Connection, body: bytes) -> HttpResponse:
    headers = {name.lower(): value for name, value in request.headers.items()}
    adapter = till(speaker.adapter)
    try:
        adapter.authenticate(body=body, headers=headers, secrets=secrets_of(speaker), url=request.build_absolute_uri())
        reading = adapter.read(body=body, headers=headers)
    except Unauthorised:
        log.warning("delivery refused", connection=speaker.name, reason="not signed")
        return problem(
            401, "Not signed", "The signature is missing or wrong, or the timestamp is more than 5 minutes off."
        )
    except TooLarge as refusal:
        return problem(413, "Too large", str(refusal))
    except Malformed as refusal:
        keep_unreadable(connection=speaker, body=body, headers=_kept(headers), error=str(refusal))
        return problem(422, "Nothing usable", str(refusal))
    answer = receive(connection=speaker, body=body, headers=_kept(headers), reading=reading)
    return _answered(answer)


def _answered(answer: Answer) -> HttpResponse:
    told = answer.as_json()
    if not answer.accepted and not answer.duplicates:
        return problem(422, "Nothing usable", "No event of this delivery can be used.", rejected=told["rejected"])
    if answer.accepted:
        transaction.on_commit(_wake_a_worker, robust=True)
    return HttpResponse(json.dumps(told), status=202, content_type="application/json")


def _wake_a_worker() -> None:
    from omni_sync.pos.tasks import drain_inbox

    poke_once(drain_inbox)


def _body(request: HttpRequest) -> bytes | None:
    """The raw bytes; None when there are too many, which are then not read. Not ``request.body``: a project's own
    DATA_UPLOAD_MAX_MEMORY_SIZE may be smaller than a delivery."""
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
            return None
    except ValueError:
        return None
    body: bytes = request.read(LARGEST + 1)
    return body if len(body) <= LARGEST else None


def _kept(headers: dict[str, str]) -> dict[str, str]:
    """The headers worth keeping: no cookies, and nothing PostgreSQL can't store."""
    return {
        name: value.encode("utf-8", "replace").decode().replace("\x00", "")
        for name, value in headers.items()
        if name not in ("cookie", "authorization")
    }
