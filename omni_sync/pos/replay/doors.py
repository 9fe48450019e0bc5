"""The two doors a replay may use: over HTTP like a till, or into the inbox of this very database."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Protocol
from uuid import uuid4

import requests
from standardwebhooks.webhooks import Webhook

from omni_sync.pos.adapters.native.read import read
from omni_sync.pos.exceptions import Malformed, TooLarge
from omni_sync.pos.models import Connection
from omni_sync.pos.receive import receive
from omni_sync.pos.secrets import secrets_of


class Unreachable(Exception):
    """Nobody, or somebody else, answers at the address; what was accepted before is durable."""


class Door(Protocol):
    """Takes a delivery and says what became of it."""

    def deliver(self, body: bytes) -> dict[str, Any]:
        """The till's answer: accepted, duplicates, rejected. Raises Malformed and TooLarge for the whole delivery."""


class Inbox:
    """Straight into the inbox: no web server needed."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def deliver(self, body: bytes) -> dict[str, Any]:
        """As the door would answer."""
        return receive(connection=self.connection, body=body, headers={}, reading=read(body)).as_json()


class Http:
    """Signed and posted, as a live till does it; waits when it is told to. Raises Unreachable."""

    def __init__(self, connection: Connection, base: str) -> None:
        self.url = f"{base.rstrip('/')}/api/v1/pos/{connection.name}/events"
        self.webhook = Webhook(secrets_of(connection)[0])
        self.session = requests.Session()

    def deliver(self, body: bytes) -> dict[str, Any]:
        """The answer's body; a delivery with nothing usable is rejected event by event."""
        answer = self._post(body)
        while answer.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            time.sleep(float(answer.headers["Retry-After"]))
            answer = self._post(body)
        if answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            raise TooLarge(_detail(answer))
        if answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY and "rejected" not in answer.json():
            raise Malformed(_detail(answer))
        if answer.status_code not in (HTTPStatus.ACCEPTED, HTTPStatus.UNPROCESSABLE_ENTITY):
            raise Unreachable(f"{self.url} answers {answer.status_code} {answer.reason}")
        return {"accepted": 0, "duplicates": 0, "rejected": [], **answer.json()}

    def _post(self, body: bytes) -> requests.Response:
        try:
            return self.session.post(self.url, data=body, headers=self._headers(body), timeout=60)
        except requests.RequestException as error:
            raise Unreachable(f"no shop answers at {self.url}: {type(error).__name__}") from error

    def _headers(self, body: bytes) -> dict[str, str]:
        number, now = f"msg_{uuid4().hex}", datetime.now(UTC)
        return {
            "webhook-id": number,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": self.webhook.sign(number, now, body.decode()),
            "content-type": "application/json",
        }


def _detail(answer: requests.Response) -> str:
    return str(answer.json().get("detail", answer.reason))
