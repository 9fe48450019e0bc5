"""How Stripe is spoken with: what the adapter needs of a client, and Stripe's own."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final, Protocol

import requests
import stripe

from omni_sync.payments.exceptions import Reject, Retry

#: The newest version whose answers we know: from here on neither a partial capture nor a cancelled authorisation is
#: written down as a refund, and an authorisation that ran out is called ``expired``.
VERSION: Final = "2025-03-31.basil"
PATIENCE: Final = (5.0, 20.0)  # seconds to connect, and between packets
#: Our key is wrong or may not do this: an operator's to mend, and no reason to forget what was to be done.
LOCKED_OUT: Final = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
BUSY: Final = {HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS}  # the first of this key is still going on; slow down
Fields = Mapping[str, Any]

stripe.enable_telemetry = False  # how long our calls take is told to nobody


class Client(Protocol):
    """What the adapter asks Stripe through. Raises Retry and Reject."""

    def post(self, path: str, fields: Fields, *, key: str) -> Fields:
        """Write; the same key again is answered with the first answer."""

    def get(self, path: str, fields: Fields) -> Fields:
        """Read."""


class Official:
    """Stripe's own client; it trusts no file of the machine and asks each thing once."""

    def __init__(self, *, base: str, secret: str) -> None:
        session = requests.Session()
        session.trust_env = False  # nobody's .netrc
        session.max_redirects = 0  # our key goes to Stripe and nowhere else
        self._stripe = stripe.StripeClient(
            secret,
            base_addresses={"api": base.rstrip("/")},
            http_client=stripe.RequestsClient(timeout=PATIENCE, session=session),
            max_network_retries=0,  # the drain asks again, and looks before it does
            stripe_version=VERSION,
        )

    def post(self, path: str, fields: Fields, *, key: str) -> Fields:
        """Write; the same key again is answered with the first answer."""
        return self._ask("post", path, {**fields, "idempotency_key": key})

    def get(self, path: str, fields: Fields) -> Fields:
        """Read."""
        return self._ask("get", path, fields)

    def _ask(self, method: str, path: str, given: Fields) -> Fields:
        try:
            told = self._stripe.raw_request(method, f"/v1{path}", **given).data
        except stripe.APIConnectionError as failure:
            raise Retry(type(failure.__cause__ or failure).__name__) from failure
        except stripe.StripeError as failure:
            raise _refusal(failure) from failure
        if not isinstance(told, Mapping):
            raise Retry("an answer that is no object")
        return told


def _refusal(failure: stripe.StripeError) -> Retry | Reject:
    """Whether to ask again. Whoever answers with something other than JSON is not Stripe: ask again later."""
    status = failure.http_status or 0
    if failure.json_body is None:
        return Retry(f"{status} without JSON")
    error = failure.json_body.get("error") if isinstance(failure.json_body, Mapping) else None
    error = error if isinstance(error, Mapping) else {}
    word = str(error.get("code") or error.get("type") or status)  # not every class of theirs keeps its code
    if status in BUSY | LOCKED_OUT:
        return Retry(word)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Retry(word, is_spent=True)
    return Reject(word)
