"""Many pages open at once: a slow one and ten that vanish cost nobody else anything, and Valkey may come and go."""

import json
import selectors
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import quote

import psutil
import pytest
import requests

from settings.environment import ROOT
from tests.factories import as_body, sign
from tests.stress.crowd import eventually
from tests.stress.goods import sale
from tests.stress.house import Shop

pytestmark = pytest.mark.timeout(300)
MEGABYTE = 1 << 20
BEGIN = """
import json, sys
import django
django.setup()
from omni_sync.live.token import issue
print(json.dumps([issue([f"stock-{number}" for number in range(int(sys.argv[1]))]) for _ in range(10)]))
"""
SAY = """
import sys, time
import django
django.setup()
from omni_sync.live.publish import publish
for number in range(int(sys.argv[1])):
    publish([f"stock-{number % 50}"])
    time.sleep(0.005)
publish(["stock-0", "stock-49"])
time.sleep(0.2)
"""
OPEN_TILL = """
import sys
import django
django.setup()
from omni_sync.pos.secrets import secrets_of
from tests.stress.goods import records, till
records(int(sys.argv[1]))
print(secrets_of(till("till", "menteng"))[0])
"""


@dataclass
class Page:
    """An open stream: what it heard, as far as it was read."""

    line: socket.socket
    heard: list[tuple[str, object]] = field(default_factory=list)
    rest: bytes = b""

    def read(self) -> None:
        with suppress(BlockingIOError):
            while part := self.line.recv(1 << 16):
                self.rest += part
        *lines, self.rest = self.rest.split(b"\n")
        event = ""
        for said in lines:
            text = said.strip().decode()
            if text.startswith("event: "):
                event = text[7:]
            elif text.startswith("data: "):
                self.heard.append((event, json.loads(text[6:])))

    def heard_since(self, at: int, event: str, topic: str = "") -> bool:
        return any(kind == event and (not topic or topic in data) for kind, data in self.heard[at:])


@dataclass
class Crowd:
    """All of them, read as fast as they speak."""

    pages: list[Page] = field(default_factory=list)

    def open(self, port: int, tokens: list[str], count: int) -> None:
        for number in range(count):
            line = socket.create_connection(("127.0.0.1", port), timeout=30)
            token = quote(tokens[number % len(tokens)])
            line.sendall(f"GET /live/?t={token} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            line.setblocking(False)
            self.pages.append(Page(line))

    def read(self) -> None:
        with selectors.DefaultSelector() as selector:
            for page in self.pages:
                selector.register(page.line, selectors.EVENT_READ, page)
            for key, _ in selector.select(0.1):
                key.data.read()

    def until(self, everybody) -> None:
        def so() -> bool:
            self.read()
            return all(everybody(page) for page in self.pages)

        eventually(so, seconds=60, pause=0)

    def close(self) -> None:
        for page in self.pages:
            page.line.close()


@dataclass
class Server:
    """The shop's web server, as the machine sees it."""

    shop: Shop

    @property
    def processes(self) -> list[psutil.Process]:
        parent = psutil.Process(self.shop.crew["web"].pid)
        return [parent, *parent.children(recursive=True)]

    def megabytes(self) -> float:
        return sum(process.memory_info().rss for process in self.processes) / MEGABYTE

    def threads(self) -> int:
        return sum(process.num_threads() for process in self.processes)

    def sockets(self) -> int:
        """Streams that are open, as the server sees it."""
        return sum(
            len([line for line in process.net_connections("tcp") if line.status in {"ESTABLISHED", "CLOSE_WAIT"}])
            for process in self.processes
        )


def run(shop: Shop, script: str, argument: int) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script, str(argument)],
        cwd=ROOT, env=shop.queue_of_its_own(), capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture
def shop(house) -> Iterator[Shop]:
    shop = house.shop()
    shop.open("web")
    yield shop
    shop.close()


@pytest.fixture
def crowd() -> Iterator[Crowd]:
    everybody = Crowd()
    yield everybody
    everybody.close()


@pytest.fixture
def server(shop) -> Server:
    """Its threads have all answered something: what they take is there."""
    with requests.Session() as visitor:
        for _ in range(40):
            visitor.get(f"http://127.0.0.1:{shop.port}/healthz", timeout=30)
    return Server(shop)


def stuck(port: int, token: str) -> socket.socket:
    """A reader with the smallest of windows that never reads."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
    line.connect(("127.0.0.1", port))
    line.sendall(f"GET /live/?t={quote(token)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    return line


@pytest.mark.parametrize("count", [50, 500])
def test_a_slow_and_ten_vanished_readers_cost_nobody_else_anything(shop, server, crowd, count, record_property):
    tokens = json.loads(run(shop, BEGIN, 50))
    before, threads = server.megabytes(), server.threads()
    crowd.open(shop.port, tokens, count)
    crowd.until(lambda page: page.heard_since(0, "refresh"))
    opened = server.megabytes()
    slow = stuck(shop.port, tokens[0])
    leavers = Crowd()
    leavers.open(shop.port, tokens, 10)
    leavers.until(lambda page: page.heard_since(0, "refresh"))
    for page in leavers.pages:  # no goodbye: a reset, as of a phone that lost the network
        page.line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    leavers.close()
    at = [len(page.heard) for page in crowd.pages]
    run(shop, SAY, 400)
    for page in crowd.pages:
        page.read()
    crowd.until(lambda page: {"stock-0", "stock-49"} <= set(topics_of(page)))
    wanted = {f"stock-{number}" for number in range(50)}
    for page, since in zip(crowd.pages, at, strict=True):
        assert {topic for kind, data in page.heard[since:] if kind == "changed" for topic in data} == wanted
    after = server.megabytes()
    figures = {"before": before, "open": opened, "after": after, "threads": (threads, server.threads())}
    record_property("megabytes", figures)
    print(f"{count} streams, megabytes: {figures}")  # noqa: T201 - a figure for the reader; -rP shows it
    assert after - before < 150
    assert after - opened < 30
    assert server.threads() <= threads + 4
    eventually(lambda: server.sockets() <= count + 10, seconds=30)  # those who vanished are forgotten
    assert requests.get(f"http://127.0.0.1:{shop.port}/healthz", timeout=10).status_code == 200
    slow.close()


def topics_of(page: Page) -> list[str]:
    return [topic for kind, data in page.heard if kind == "changed" for topic in data]


def test_valkey_is_killed_and_everybody_looks_again(house, shop, server, crowd):
    crowd.open(shop.port, json.loads(run(shop, BEGIN, 50)), 50)
    crowd.until(lambda page: page.heard_since(0, "refresh"))
    house.kill_engine("valkey")
    crowd.until(lambda page: page.heard_since(1, "refresh"))
    run(shop, SAY, 50)
    crowd.until(lambda page: page.heard_since(1, "changed", "stock-49"))


def test_valkey_freezes_and_neither_till_nor_page_notices(house, shop, server, crowd):
    secret = run(shop, OPEN_TILL, 50).strip()
    crowd.open(shop.port, json.loads(run(shop, BEGIN, 50)), 10)
    crowd.until(lambda page: page.heard_since(0, "refresh"))
    site, valkey = f"http://127.0.0.1:{shop.port}", house.process("valkey")
    valkey.suspend()
    try:
        body = as_body(sale("1", ("SKU-0", 1)))
        answer = requests.post(f"{site}/api/v1/pos/till/events", data=body, headers=sign(secret, body), timeout=10)
        assert (answer.status_code, answer.json()["accepted"]) == (202, 1)
        assert requests.get(f"{site}/", timeout=30).status_code == 200
        late = Crowd()
        late.open(shop.port, json.loads(run(shop, BEGIN, 50)), 1)
        late.until(lambda page: page.heard_since(0, "refresh"))  # streams open all the same
        late.close()
    finally:
        valkey.resume()
    run(shop, SAY, 50)
    crowd.until(lambda page: page.heard_since(1, "changed", "stock-49") or page.heard_since(1, "refresh"))
    run(shop, SAY, 50)
    crowd.until(lambda page: page.heard_since(1, "changed", "stock-49"))
