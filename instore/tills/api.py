"""The till's question before it hands an order over."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Query, Router, Schema
from pydantic import Field

from instore.pickup.exceptions import CodeUnknown
from instore.tills.answer import answer
from instore.tills.exceptions import CodeOfTwoStores, TooManyTries
from instore.tills.look_up import look_up
from omni_sync.pos.models import Connection
from omni_sync.pos.outbox.api import ConnectionToken
from omni_sync.problems import Problem, problem

router = Router(tags=["pickups"])


class PickedLine(Schema):
    order_line: str = Field(description="The line's place in the order, from 1: say it in the sale's line.")
    sku: str
    title: str
    ordered: int = Field(ge=1)
    quantity: int = Field(ge=0, description="How many are in the bag: so many are handed over.")
    amount: str = Field(description="What they cost, with tax and after discounts.")


class PickupToCollect(Schema):
    order: str = Field(description="The order's number: say it in the sale's lines.")
    store: str
    state: Literal["placed", "picking", "ready"] = Field(description="Only what is `ready` waits in its bag.")
    currency: str
    due: str = Field(description="What is still to be paid; 0 where it is paid already.")
    lines: list[PickedLine]


Code = Annotated[str, Query(description="What the shopper says: six characters, in capitals or not.", max_length=32)]
Where = Annotated[
    str, Query(description="The till's code of one of its stores; without it, all of them.", max_length=128)
]


@router.get(
    "/pickups",
    auth=ConnectionToken(),
    response={200: PickupToCollect, 401: Problem, 404: Problem, 409: Problem, 422: Problem, 429: Problem},
    summary="Find the order that a code collects",
)
def get_pickups(request: HttpRequest, code: Code, store: Where = "") -> HttpResponse:
    """At the connection's stores. Each look-up is written down; after five wrong codes in a minute, 429."""
    connection: Connection = request.auth  # type: ignore[attr-defined]
    if "\x00" in store:
        return problem(422, "Not a code", "A code has no NUL characters.")
    try:
        pickup = look_up(connection=connection, code=code, store=store)
    except CodeUnknown:
        return problem(404, "Nothing to collect", "No order that waits at the connection's stores has this code.")
    except CodeOfTwoStores as refusal:
        stores = ", ".join(refusal.stores)
        return problem(409, "Which store?", f"Two orders have this code. Say at which store: {stores}.")
    except TooManyTries as refusal:
        headers = {"Retry-After": str(refusal.seconds)}
        return problem(429, "Too many wrong codes", "Five wrong codes a minute are heard.", headers)
    return JsonResponse(answer(pickup), headers={"Cache-Control": "no-store"})
