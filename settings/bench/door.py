"""``door``: events a second that are durable when the till has its answer, next to an empty view taking the bodies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from typing import Final
from uuid import uuid4

from standardwebhooks.webhooks import Webhook

from omni_sync.pos.connections import connect
from omni_sync.pos.models import Connection, InboxEvent
from omni_sync.pos.secrets import secrets_of
from settings.bench.addresses import EMPTY
from settings.bench.goods import open_shops
from settings.bench.load import Answers, drive, post
from settings.bench.rows import Row, Size, middle
from settings.bench.server import serving

BATCH: Final = 100
LINES: Final = 9  # of a sale: what a basket of the real log has on average
TILLS: Final = 4
DELIVERIES_A_SECOND: Final = 60  # made beforehand, signed; more are not sent
LEAST: Final = 1000


def run(size: Size) -> Iterator[Row]:
    """Deliveries of a hundred sales each, signed as a till signs them; nobody works them off meanwhile."""
    open_shops(size.shops)
    tills = [connect(name=f"till-{number}")[0] for number in range(TILLS)]
    rounds: list[tuple[float, float | None]] = []
    refused, sent = 0, 0
    with serving() as port:
        for _ in range(size.rounds):
            deliveries = list(_deliveries(tills, size))
            ours = drive(port, iter(deliveries), seconds=size.seconds)
            empty = drive(port, cycle(_to(EMPTY, delivery) for delivery in deliveries), seconds=size.seconds)
            rounds.append((ours.per_second * BATCH, empty.per_second * BATCH))
            refused += _refused(ours, 202) + _refused(empty, 200)
            sent += ours.statuses.total() * BATCH
    figure, limit = middle(rounds)
    kept = InboxEvent.objects.count()
    yield Row(
        name="door", unit="events/s", figure=figure, limit=limit, least_figure=LEAST,
        limit_is="an empty view of the same server taking the same bodies",
        checks={f"{refused} requests refused": not refused, f"{kept} of {sent} events are kept": kept == sent},
        details={
            "batch": BATCH, "lines_per_event": LINES,
            "rounds": [[round(ours), round(limit or 0)] for ours, limit in rounds],
        },
    )  # fmt: skip


def _refused(answers: Answers, good: int) -> int:
    return answers.statuses.total() - answers.statuses[good]


def _to(path: str, request: bytes) -> bytes:
    """The same request to another address."""
    _, _, rest = request.partition(b" HTTP/1.1\r\n")
    return f"POST {path} HTTP/1.1\r\n".encode() + rest


def _deliveries(tills: list[Connection], size: Size) -> Iterator[bytes]:
    signers = [(f"/api/v1/pos/{till.name}/events", Webhook(secrets_of(till)[0])) for till in tills]
    for path, signer in islice(cycle(signers), round(size.seconds * DELIVERIES_A_SECOND)):
        now, number = datetime.now(UTC), f"msg_{uuid4().hex}"
        body = json.dumps([_sale(at, now, size.shops) for at in range(BATCH)], separators=(",", ":"))
        headers = {
            "webhook-id": number,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": signer.sign(number, now, body),
        }
        yield post(path, body.encode(), headers)


def _sale(at: int, now: datetime, shops: int) -> dict[str, object]:
    key = uuid4().hex
    lines = [
        {
            "line": str(number), "sku": f"SKU-{at * LINES + number}", "quantity": 1, "unit_price": "149000",
            "discount": "8000", "amount": "141000",
        }
        for number in range(1, LINES + 1)
    ]  # fmt: skip
    return {
        "id": f"evt_{key}",
        "type": "sale.completed",
        "store": f"shop-{at % shops + 1:04}",
        "occurred_at": (now - timedelta(minutes=1)).isoformat(),
        "data": {
            "sale": key,
            "currency": "IDR",
            "lines": lines,
            "payments": [{"method": "card", "amount": str(141000 * LINES)}],
            "customer": {"loyalty": str(at)},
        },
    }
