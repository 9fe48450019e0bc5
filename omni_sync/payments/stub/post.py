"""Events on their way to the shop: signed, in order unless told otherwise, again until they are taken."""

from __future__ import annotations

import hashlib
import hmac
import json
import queue
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any, Final

import requests

from omni_sync.payments.stub.faults import Faults

TRIES: Final = (0.0, 0.5, 2.0, 5.0)  # seconds before each
PATIENCE: Final = 10.0


def signature(body: bytes, secret: str, at: int) -> str:
    """As the header has it, with the old scheme beside it that nobody should look at."""
    made = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={made},v0={made[::-1]}"


class Post:
    """One postman, so that events leave in order."""

    def __init__(self, *, url: str, secret: str, faults: Faults) -> None:
        self.url, self.secret, self.faults = url, secret, faults
        self.bag: queue.Queue[bytes | None] = queue.Queue()  # None: that was all
        self.held: list[bytes] = []
        self.walk = threading.Thread(target=self._walk, daemon=True)
        self.walk.start()

    def send(self, event: Mapping[str, Any]) -> None:
        """Put an event on its way."""
        body = json.dumps(event).encode()
        if not self.url or self.faults.strikes("webhook_lost", event["type"]):
            return
        if self.faults.strikes("webhook_held", event["type"]):
            self.held.append(body)
            return
        for _ in range(2 if self.faults.strikes("webhook_duplicated", event["type"]) else 1):
            self.bag.put(body)

    def let_go(self) -> None:
        """Send what was held back, the last one first."""
        while self.held:
            self.bag.put(self.held.pop())

    def settle(self) -> None:
        """Wait until everything was sent."""
        self.bag.join()

    def end(self) -> None:
        """Go home when what is on its way was sent."""
        self.bag.put(None)

    def _walk(self) -> None:
        while (body := self.bag.get()) is not None:
            try:
                any(self._deliver(body, pause) for pause in TRIES)
            finally:
                self.bag.task_done()
        self.bag.task_done()

    def _deliver(self, body: bytes, pause: float) -> bool:
        time.sleep(pause)
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Stripe-Signature": signature(body, self.secret, int(time.time())),
        }
        try:
            answer = requests.post(self.url, data=body, headers=headers, timeout=PATIENCE, allow_redirects=False)
        except requests.RequestException as failure:
            sys.stderr.write(f"event not delivered: {type(failure).__name__}\n")
            return False
        return answer.ok
