"""Without Valkey the tills' door is open all the same: 202, durable, soon enough; and applied when it is back."""

import json
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from uuid import uuid4

import pytest
import requests
from standardwebhooks.webhooks import Webhook

from tests.stress.crowd import eventually
from tests.stress.house import Shop

pytestmark = pytest.mark.timeout(300)
DELIVERIES, EVENTS, WEB_PROCESSES = 8, 10, 2


@dataclass
class Silent:
    """A server that takes connections and never says a word: worse than one that is gone."""

    door: socket.socket
    taken: list[socket.socket] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"redis://:secret@127.0.0.1:{self.door.getsockname()[1]}/0"

    def take(self) -> None:
        with suppress(OSError):
            while True:
                self.taken.append(self.door.accept()[0])


@pytest.fixture
def silent() -> Iterator[Silent]:
    with socket.create_server(("127.0.0.1", 0), backlog=100) as door:
        server = Silent(door)
        threading.Thread(target=server.take, daemon=True).start()
        yield server
        door.shutdown(socket.SHUT_RDWR)
    for line in server.taken:
        line.close()


@dataclass
class Till:
    """Tells real sales, ten at a time, and notes how long each answer took."""

    shop: Shop
    lines: Iterator[bytes]
    secret: str
    seconds: list[float] = field(default_factory=list)

    def tell(self) -> None:
        body = b"[" + b",".join(line.strip() for line in islice(self.lines, EVENTS)) + b"]"
        number, now = f"msg_{uuid4().hex}", datetime.now(UTC)
        headers = {
            "webhook-id": number,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": Webhook(self.secret).sign(number, now, body.decode()),
        }
        url = f"http://127.0.0.1:{self.shop.port}/api/v1/pos/replay/events"
        started = time.monotonic()
        answer = requests.post(url, data=body, headers=headers, timeout=30)
        self.seconds.append(time.monotonic() - started)
        assert (answer.status_code, answer.json()["accepted"]) == (202, EVENTS)

    def tell_all(self, record_property) -> None:
        self.tell()  # a process that has just started has more to do than answer
        self.seconds.clear()
        for _ in range(DELIVERIES - 1):
            self.tell()
        told = [round(1000 * seconds) for seconds in self.seconds]
        record_property("milliseconds to 202", told)
        print(f"milliseconds to 202: {told}")  # noqa: T201 - a figure for the reader; -rP shows it


@pytest.fixture
def shop(house, log) -> Iterator[Shop]:
    """Nobody works here yet."""
    shop = house.shop()
    yield shop
    shop.close()


@pytest.fixture
def till(shop, log) -> Iterator[Till]:
    secret = json.loads(shop.manage("connection", "replay", "--show-secret"))["secret"]
    with Path(log.source).open("rb") as lines:
        yield Till(shop, lines, secret)


def assert_durable(shop: Shop) -> None:
    assert shop.ask("SELECT count(*) FROM omni_sync_inboxevent WHERE state = 'pending'") == DELIVERIES * EVENTS
    assert shop.applied() == 0


def assert_applied_by_the_clock(shop: Shop) -> None:
    eventually(lambda: shop.applied() == DELIVERIES * EVENTS, seconds=60, pause=0.1)
    shop.books()


def test_nobody_listens(shop, till, record_property):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # and not listening: the port is nobody's for as long as we have it
        shop.redis_url = f"redis://127.0.0.1:{unused.getsockname()[1]}/0"
        shop.open("web")
        till.tell_all(record_property)
    assert_durable(shop)
    shop.redis_url = ""
    shop.open("worker", "beat")
    assert_applied_by_the_clock(shop)


def test_somebody_takes_connections_and_says_nothing(shop, till, silent, record_property):
    shop.redis_url = silent.url
    shop.open("web")
    till.tell_all(record_property)
    assert_durable(shop)
    record_property("connections tried", len(silent.taken))
    # One to poke a worker for each delivery, and one for each process to find that nobody counts.
    assert len(silent.taken) <= DELIVERIES + WEB_PROCESSES


def test_valkey_freezes_and_thaws(house, shop, till, record_property):
    shop.open("web", "worker", "beat")
    valkey = house.process("valkey")
    valkey.send_signal(signal.SIGSTOP)
    try:
        till.tell_all(record_property)
        assert_durable(shop)
    finally:
        valkey.send_signal(signal.SIGCONT)
    assert_applied_by_the_clock(shop)
