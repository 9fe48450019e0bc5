"""How Stripe is spoken with: what the adapter needs of a client, and one over HTTP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any, Final, Protocol

import requests

from omni_sync.payments.exceptions import Reject, Retry

#: The newest version whose answers we know: from here on neither a partial capture nor a cancelled authorisation is
#: written down as a refund, and an authorisation that ran out is called ``expired``.
VERSION: Final = "2025-03-31.basil"
PATIENCE: Final = (5.0, 20.0)  # seconds to connect, and between packets
#: Our key is wrong or may not do this: an operator's to mend, and no reason to forget what was to be done.
LOCKED_OUT: Final = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
BUSY: Final = {HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS}  # the first of this key is still going on; slow down
Fields = Mapping[str, Any]


class Client(Protocol):
    """What the adapter asks Stripe through. Raises Retry and Reject."""

    def post(self, path: str, fields: Fields, *, key: str) -> Fields:
        """Write; the same key again is answered with the first answer."""

    def get(self, path: str, fields: Fields) -> Fields:
        """Read."""


class HTTPClient:
    """Stripe's API over HTTP, as forms and JSON."""

    def __init__(self, *, base: str, secret: str) -> None:
        self.base, self.secret = base.rstrip("/"), secret

    def post(self, path: str, fields: Fields, *, key: str) -> Fields:
        """Write; the same key again is answered with the first answer."""
        return self._ask("POST", path, {"Idempotency-Key": key}, data=list(flat(fields)))

    def get(self, path: str, fields: Fields) -> Fields:
        """Read."""
        return self._ask("GET", path, {}, params=list(flat(fields)))

    def _ask(self, method: str, path: str, headers: Mapping[str, str], **sent: Any) -> Fields:
        told = {**headers, "Authorization": f"Bearer {self.secret}", "Stripe-Version": VERSION}
        try:
            with requests.Session() as session:
                session.trust_env = False  # nobody's .netrc
                answer = session.request(
                    method, f"{self.base}/v1{path}", headers=told, timeout=PATIENCE, allow_redirects=False, **sent
                )
        except requests.RequestException as failure:
            raise Retry(type(failure).__name__) from failure
        return _read(answer)


def flat(fields: Fields, inside: str = "") -> Iterator[tuple[str, str]]:
    """``{"a": {"b": [1]}}`` the way forms say it: ``a[b][0]=1``."""
    for name, value in fields.items():
        path = f"{inside}[{name}]" if inside else str(name)
        if isinstance(value, Mapping):
            yield from flat(value, path)
        elif isinstance(value, list | tuple):
            yield from flat({str(place): one for place, one in enumerate(value)}, path)
        else:
            yield path, str(value)


def _read(answer: requests.Response) -> Fields:
    """The object, or why not. Whoever answers with something other than JSON is not Stripe: ask again later."""
    try:
        told = answer.json()
    except ValueError as failure:
        raise Retry(f"{answer.status_code} without JSON") from failure
    if answer.status_code < HTTPStatus.MULTIPLE_CHOICES and isinstance(told, dict):
        return told
    error = told.get("error") if isinstance(told, dict) else None
    error = error if isinstance(error, dict) else {}
    word = str(error.get("code") or error.get("type") or answer.status_code)
    if answer.status_code in BUSY | LOCKED_OUT:
        raise Retry(word)
    if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Retry(word, is_spent=True)
    raise Reject(word)
