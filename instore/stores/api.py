import json
import re
from typing import Annotated, Any, Final, Literal

import structlog
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field, WithJsonSchema

from instore.stores.exceptions import DifferentProducts, UnknownProduct, UnknownStore
from instore.stores.limits import SampledLimit
from instore.stores.queries import Point, availability
from omni_sync.catalogue.exceptions import InvalidGtin
from omni_sync.catalogue.gtin import normalise
from omni_sync.problems import Problem, problem

log = structlog.get_logger(__name__)
router = Router(tags=["availability"])
limit = SampledLimit("availability", most=600, seconds=60)

NEAR: Final = r"^-?[0-9]{1,2}(\.[0-9]{1,10})?,-?[0-9]{1,3}(\.[0-9]{1,10})?$"


class Online(Schema):
    available: int = Field(description="What the best single place that sells online can send.", ge=0)


class AtStore(Schema):
    store: str
    name: str
    distance_km: float | None = Field(description="As the crow flies; null without `near`.")
    available: int = Field(ge=0)
    level: Literal["in", "low", "out"] = Field(description="`low` is three or fewer.")
    collect_from: str | None = Field(
        description="RFC 3339, in the store's own zone; null when there is nothing to collect."
    )


class Availability(Schema):
    sku: str
    gtin: str | None
    online: Online
    stores: list[AtStore] = Field(description="Nearest first.")


Position = Annotated[str, WithJsonSchema({"type": "string", "pattern": NEAR})]
Sku = Annotated[str | None, Query(description="The SKU; or give `gtin`.")]
GtinText = Annotated[str | None, Query(description="A GTIN of 8, 12, 13 or 14 digits; or give `sku`.")]
Near = Annotated[Position | None, Query(description="`latitude,longitude` in degrees.")]
StoreCode = Annotated[str | None, Query(description="Leave one store in the list.")]


@router.get(
    "/availability",
    response={200: Availability, 404: Problem, 422: Problem, 429: Problem},
    summary="What each store, and the web shop, can promise of a product",
)
def get_availability(
    request: HttpRequest, sku: Sku = None, gtin: GtinText = None, near: Near = None, store: StoreCode = None
) -> HttpResponse:
    """Public; 600 requests a minute from one address."""
    wait = limit.refusal(request.META.get("REMOTE_ADDR", ""))
    if wait is not None:
        return problem(429, "Too many requests", "600 a minute are answered.", {"Retry-After": str(wait)})
    try:
        point = _point(near) if near is not None else None
        code, number = _named(sku, gtin)
        answer = availability(sku=code, gtin=number, near=point, store=_printable(store))
    except tuple(REFUSALS) as refusal:
        return problem(*REFUSALS[type(refusal)])
    log.debug("availability asked", sku=answer["sku"], near=point and [round(degrees, 2) for degrees in point])
    return _json(answer)


class NoProductNamed(ValueError):
    """Neither ``sku`` nor ``gtin`` was given."""


class BadPoint(ValueError):
    """``near`` is not a position on earth."""


class Unprintable(ValueError):
    """A NUL: PostgreSQL has none in text, and nothing is called so."""


REFUSALS: Final[dict[type[Exception], tuple[int, str, str]]] = {
    NoProductNamed: (422, "Which product?", "Give sku or gtin."),
    InvalidGtin: (422, "Not a GTIN", "A GTIN has 8, 12, 13 or 14 digits, the last of them its check digit."),
    BadPoint: (422, "Not a position", "Write near as latitude,longitude in degrees, such as -6.1967,106.8316."),
    Unprintable: (422, "Not a code", "A code has no NUL characters."),
    DifferentProducts: (422, "Two products", "sku and gtin name different products."),
    UnknownProduct: (404, "Unknown product", "Nothing has this sku or gtin."),
    UnknownStore: (404, "Unknown store", "No store has this code."),
}


def _named(sku: str | None, gtin: str | None) -> tuple[str | None, str | None]:
    if not (sku or gtin):
        raise NoProductNamed
    return _printable(sku), normalise(gtin) if gtin else None


def _printable(code: str | None) -> str | None:
    if code and "\x00" in code:
        raise Unprintable
    return code or None


def _point(near: str) -> Point:
    if re.fullmatch(NEAR, near) is None:
        raise BadPoint
    latitude, longitude = map(float, near.split(","))
    if abs(latitude) > 90 or abs(longitude) > 180:  # noqa: PLR2004
        raise BadPoint
    return Point(latitude, longitude)


def _json(answer: dict[str, Any]) -> HttpResponse:
    """Written once: the answer already has the schema's shape, Ninja need not build and check it again."""
    body = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(body, content_type="application/json", headers={"Cache-Control": "no-store"})
