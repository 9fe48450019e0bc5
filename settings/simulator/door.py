"""The tills' door, from outside: signed, over HTTP."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final
from uuid import uuid4

import requests
from standardwebhooks.webhooks import Webhook

TIMEOUT: Final = 10.0
#: What says that this event, as it is, will never be taken.
NEVER: Final = {HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.REQUEST_ENTITY_TOO_LARGE}


class Later(Exception):
    """It was not taken now, and may be another time: in ``seconds``, if the door said so."""

    def __init__(self, reason: str, seconds: float | None = None) -> None:
        super().__init__(reason)
        self.seconds = seconds


class Refused(Exception):
    """It will never be taken."""


class Door:
    """The door of one connection, at ``base``."""

    def __init__(self, *, base: str, connection: str, secret: str) -> None:
        self.url = f"{base.rstrip('/')}/api/v1/pos/{connection}/events"
        self._webhook = Webhook(secret)
        self._session = requests.Session()

    def send(self, event: Mapping[str, Any], *, timeout: float = TIMEOUT) -> None:
        """Return when the event is durable there: taken now, or known from before. Raises Later and Refused."""
        body = json.dumps(event)
        try:
            answer = self._session.post(self.url, data=body.encode(), headers=self._signed(body), timeout=timeout)
        except requests.RequestException as failure:
            raise Later(type(failure).__name__) from failure
        if answer.status_code in NEVER:
            raise Refused(answer.text[:500])
        if answer.status_code != HTTPStatus.ACCEPTED:
            raise Later(f"the door answered {answer.status_code}", _seconds(answer.headers.get("Retry-After")))

    def _signed(self, body: str) -> dict[str, str]:
        number, now = f"msg_{uuid4().hex}", datetime.now(UTC)
        return {
            "content-type": "application/json",
            "user-agent": "Langkah till simulator",
            "webhook-id": number,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": self._webhook.sign(number, now, body),
        }


def _seconds(said: str | None) -> float | None:
    return float(said) if said is not None and said.isdecimal() else None
