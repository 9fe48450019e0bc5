from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any


class Refusal(Exception):
    """An answer that is an error, in Stripe's shape."""

    def __init__(self, status: int, code: str, message: str, *, kind: str = "invalid_request_error") -> None:
        super().__init__(code)
        self.status, self.code, self.message, self.kind = status, code, message, kind

    def as_json(self) -> Mapping[str, Any]:
        return {"error": {"type": self.kind, "code": self.code, "message": self.message}}


def missing(what: str) -> Refusal:
    """Nothing has this number."""
    return Refusal(HTTPStatus.NOT_FOUND, "resource_missing", f"No such {what}")


def invalid(field: str) -> Refusal:
    """A field that is not there, or not as it should be."""
    return Refusal(HTTPStatus.BAD_REQUEST, "parameter_invalid_empty", f"Invalid or missing: {field}")


def unexpected(status: str) -> Refusal:
    """What was asked for is not possible in this state."""
    code = "payment_intent_unexpected_state"
    return Refusal(HTTPStatus.BAD_REQUEST, code, f"This PaymentIntent's status is {status}.")
