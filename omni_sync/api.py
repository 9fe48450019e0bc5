"""The API's root; each capability brings its own router, upper rooms add theirs when Django starts."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from omni_sync.pos.adapters.native.schema import native_schemas
from omni_sync.pos.api import router as pos
from omni_sync.pos.outbox.api import router as outbox
from omni_sync.problems import problem


class LintasAPI(NinjaAPI):
    """Ninja's API, whose document also describes the events that the door reads by itself, and our kind of error."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        document = super().get_openapi_schema(**kwargs)
        document["components"]["schemas"].update(native_schemas())
        for path in document["paths"].values():
            for operation in path.values():
                _name_problems(operation["responses"])
        return document


def _name_problems(responses: dict[Any, Any]) -> None:
    """Every error is said to be ``application/problem+json``, as it is."""
    for status, response in responses.items():
        if int(status) >= HTTPStatus.BAD_REQUEST and "application/json" in response.get("content", {}):
            response["content"] = {"application/problem+json": response["content"]["application/json"]}


api = LintasAPI(
    title="Lintas",
    version="1",
    urls_namespace="lintas-api",
    docs_url="/docs",
    openapi_url="/openapi.json",
    description="One shop across web and street: tills talk to it here.",
)
api.add_router("", pos)
api.add_router("", outbox)


@api.exception_handler(ValidationError)
def refuse_parameters(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Parameters that don't have the shape they should."""
    first = error.errors[0] if error.errors else {}
    where = ".".join(str(part) for part in first.get("loc", ())[1:])
    return problem(422, "Not understood", f"{where}: {first.get('msg', '')}".strip(": "))


@api.exception_handler(AuthenticationError)
def refuse_strangers(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """No token, or none that opens this door (RFC 6750)."""
    shown = "Authorization" in request.headers
    challenge = 'Bearer realm="lintas", error="invalid_token"' if shown else 'Bearer realm="lintas"'
    detail = "This token is unknown or revoked." if shown else "Show the connection's token: Authorization: Bearer …"
    return problem(401, "Not signed in", detail, {"WWW-Authenticate": challenge})


@api.exception_handler(HttpError)
def refuse(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Whatever else is refused by the framework itself."""
    return problem(error.status_code, "Refused", str(error))
