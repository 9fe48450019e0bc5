"""The feed: what happened, in order, without a gap, for whoever asks."""

from __future__ import annotations

import json
from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema
from ninja.security import HttpBearer

from omni_sync.limits import Limit
from omni_sync.pos.models import Connection
from omni_sync.pos.outbox.cursor import Cursor
from omni_sync.pos.outbox.exceptions import BadCursor, CursorGone
from omni_sync.pos.outbox.read import Page, Told, read
from omni_sync.pos.outbox.tokens import connection_of
from omni_sync.problems import Problem, problem

MOST: Final = 500
router = Router(tags=["events"])
limit_per_connection = Limit("feed", most=200, seconds=1)


class ConnectionToken(HttpBearer):
    """The bearer token of a connection."""

    def authenticate(self, request: HttpRequest, token: str) -> Connection | None:
        return connection_of(token.strip())


class Event(Schema):
    id: str = Field(description="The same whenever this event is told again, also by webhook: know it by this.")
    type: str = Field(description="`stock.changed`, `sale.recorded`, `customer.consent`, `pickup.…`; more will come.")
    at: str = Field(description="RFC 3339, UTC: when it was noted.")
    store: str | None = Field(description="The store's code; null for what is of no one store.")
    data: dict[str, Any]


class Events(Schema):
    events: list[Event]
    next: str = Field(description="Give it as `after` next time; it is there when nothing is new, too.")


class Gone(Problem):
    oldest: str = Field(description="Where what is kept begins, to be given as `after`.")


After = Annotated[
    str | None, Query(description="`next` of the page before; none: from the oldest that is kept.", max_length=100)
]
Limited = Annotated[int, Query(description="So many at most.", ge=1, le=MOST)]


@router.get(
    "/events",
    auth=ConnectionToken(),
    response={200: Events, 401: Problem, 410: Gone, 422: Problem, 429: Problem},
    summary="Hear what happened at the connection's stores",
)
def get_events(request: HttpRequest, after: After = None, limit: Limited = 100) -> HttpResponse:
    """In the order it was committed; an event once read past never turns up later. Kept for 90 days: a cursor that has
    fallen behind what is kept is answered 410, with the oldest cursor that isn't."""
    connection: Connection = request.auth  # type: ignore[attr-defined]
    wait = limit_per_connection.refusal(connection.name)
    if wait is not None:
        return problem(429, "Too many requests", "200 a second are answered.", {"Retry-After": str(wait)})
    try:
        page = read(connection=connection, after=Cursor.read(after) if after else None, limit=limit)
    except BadCursor:
        return problem(422, "Not a cursor", "`after` is what `next` was, unchanged, or nothing.")
    except CursorGone as refusal:
        return problem(
            410,
            "No longer kept",
            "Some of what came after this cursor is not kept any more. Read all you need to know again, "
            "then go on from `oldest`.",
            oldest=refusal.oldest,
        )
    return HttpResponse(_as_json(page), content_type="application/json", headers={"Cache-Control": "no-store"})


def _as_json(page: Page) -> str:
    """By hand: the events' data is JSON already."""
    return f'{{"events":[{",".join(map(_event, page.events))}],"next":"{page.next}"}}'


def _event(told: Told) -> str:
    store, kind = json.dumps(told.store), json.dumps(told.type)
    return f'{{"id":"{told.id}","type":{kind},"at":"{told.moment}","store":{store},"data":{told.data}}}'
