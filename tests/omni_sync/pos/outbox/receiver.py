"""A receiver of webhooks on this machine, that answers as it is told to."""

import json
import threading
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.db.models import Max
from django.utils import timezone
from standardwebhooks.webhooks import Webhook

from omni_sync.pos.models import OutboxEvent
from omni_sync.pos.outbox import read
from omni_sync.pos.outbox.endpoints import listen
from omni_sync.pos.outbox.models import Endpoint
from tests.stress.crowd import eventually


@dataclass(frozen=True)
class Heard:
    """One request as it came in."""

    path: str
    body: bytes
    headers: Mapping[str, str]
    line: tuple

    @property
    def number(self):
        return self.headers["webhook-id"]

    @property
    def told(self):
        return json.loads(self.body)

    def is_signed_with(self, secret):
        with suppress(Exception):
            Webhook(secret).verify(self.body, dict(self.headers))
            return True
        return False


class Receiver:
    """Heard what it was sent. ``answers`` are given in turn: a status, a status with headers, or a callable that is
    given the connection; then always 204."""

    def __init__(self, *answers):
        self.answers = deque(answers)
        self.heard = []
        self.let_go = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._door())
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        self.lock = threading.Lock()

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.let_go.set()
        self.server.shutdown()
        self.server.server_close()

    @property
    def numbers(self):
        return [one.number for one in self.heard]

    @property
    def types(self):
        return [one.told["type"] for one in self.heard]

    def _door(self):
        receiver = self

        class Door(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                with receiver.lock:
                    receiver.heard.append(Heard(self.path, body, headers, self.client_address))
                    answer = receiver.answers.popleft() if receiver.answers else 204
                if callable(answer):
                    answer(self)
                    return
                status, more = answer if isinstance(answer, tuple) else (answer, {})
                self.send_response(status)
                for name, value in more.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        return Door


def hang(receiver_says_when):
    """An answer that never comes, until the receiver is told to let go."""

    def answer(door):
        receiver_says_when.wait(30)
        door.close_connection = True

    return answer


def say(store, count=1, *, kind="stock.changed", **data):
    """Write so many rows as the capabilities do; their ids as they are told."""
    rows = [OutboxEvent(type=kind, store=store, data={"sku": f"S-{n}", **data}) for n in range(count)]
    made = OutboxEvent.objects.bulk_create(rows)
    return [f"evt_{event.pk}" for event in made]


def settle():
    """Wait until what was told can be read: somebody else's transaction, in another database too, may be in its way."""
    last = OutboxEvent.objects.aggregate(last=Max("xact"))["last"] or 0
    eventually(lambda: read.edge().xact > last or last > 10**11, seconds=240)


def listening(connection, receiver):
    listen(connection=connection, url=receiver.url)
    return connection


def endpoint_of(connection):
    return Endpoint.objects.get(pk=connection.pk)


def time_passes(connection):
    """Whatever the endpoint waits for has come."""
    Endpoint.objects.filter(pk=connection.pk).update(
        next_attempt_at=None, leased_until=datetime(2020, 1, 1, tzinfo=UTC)
    )


def long_ago(*numbers, days=91):
    """So many days have passed since these were told."""
    pks = [int(number.removeprefix("evt_")) for number in numbers]
    OutboxEvent.objects.filter(pk__in=pks).update(at=timezone.now() - timedelta(days=days))
