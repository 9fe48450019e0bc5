"""``freshness``: from a till's POST to the event in a shopper's open page, at so many sales a second."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import uuid4

from standardwebhooks.webhooks import Webhook

from omni_sync.live.topics import stock_topic
from omni_sync.pos.connections import connect
from omni_sync.pos.models import Connection, InboxEvent
from omni_sync.pos.secrets import secrets_of
from settings.bench.followers import Heard, Sale, followed, plainly
from settings.bench.goods import make_products, open_shops, settle_down, sku, stock
from settings.bench.load import post
from settings.bench.rows import Row, Size, middle
from settings.bench.server import serving
from settings.bench.worker import working

SHOPS: Final = 5  # as the demo has
STREAMS: Final = 50
SALES_A_SECOND: Final = 50
MOST_MILLISECONDS: Final = 300
PLENTY: Final = 1_000_000


def run(size: Size) -> Iterator[Row]:
    """The demo's web server, streams and all, and the demo's Celery worker; a product is sold once a second."""
    shops = open_shops(SHOPS)
    products = make_products(STREAMS)
    stock(shops, products, PLENTY)
    till = connect(name="till")[0]
    settle_down()
    topics = [stock_topic(product) for product in products]
    with serving() as port, working():
        asyncio.run(followed(port, topics, _sales(till, products, 1.0), SALES_A_SECOND))  # caches
        rounds = [
            (
                asyncio.run(followed(port, topics, _sales(till, products, size.seconds), SALES_A_SECOND)),
                asyncio.run(plainly(port, _sales(till, products, size.seconds), SALES_A_SECOND)),
            )
            for _ in range(size.rounds)
        ]
    yield _row(rounds)


def _row(rounds: Sequence[tuple[Heard, Heard]]) -> Row:
    pages, floors = Heard.of(page for page, _ in rounds), Heard.of(floor for _, floor in rounds)
    figure, limit = middle([(page.percentile(95), floor.percentile(95)) for page, floor in rounds])
    answered, refused = len(pages.milliseconds), pages.refused + floors.refused
    applied = InboxEvent.objects.filter(state=InboxEvent.State.APPLIED).count()
    return Row(
        name="freshness", unit="ms at p95", figure=figure, limit=limit, most_figure=MOST_MILLISECONDS,
        limit_is="an empty view of the same server taking the same body, then one PUBLISH to a plain subscriber",
        checks={
            f"{answered} of {pages.sales} sales were heard of": 0 < pages.sales == answered,
            f"{refused} deliveries refused": not refused,
            f"{applied} sales applied": applied >= pages.sales,
        },
        details={
            "shops": SHOPS, "streams": STREAMS, "sales_per_second": SALES_A_SECOND,
            "sales": pages.sales, "events": pages.events, "looks": pages.looks,
            **{f"p{share}": round(pages.percentile(share), 1) for share in (50, 95, 99)},
            "rounds": [[round(page.percentile(95), 1), round(floor.percentile(95), 1)] for page, floor in rounds],
        },
    )  # fmt: skip


def _sales(till: Connection, products: Sequence[int], seconds: float) -> list[Sale]:
    """Signed deliveries of one sale each, with the topic that changes by it."""
    signer, made = Webhook(secrets_of(till)[0]), []
    for at in range(max(round(seconds * SALES_A_SECOND), 1)):
        product, now, key = products[at % len(products)], datetime.now(UTC), uuid4().hex
        line = {"line": "1", "sku": sku(product), "quantity": 1, "unit_price": "149000"}
        body = json.dumps(
            {
                "id": f"evt_{key}", "type": "sale.completed", "store": f"shop-{at % SHOPS + 1:04}",
                "occurred_at": (now - timedelta(seconds=1)).isoformat(),
                "data": {"sale": key, "currency": "IDR", "lines": [line],
                         "payments": [{"method": "card", "amount": "149000"}]},
            }
        )  # fmt: skip
        headers = {
            "webhook-id": key,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": signer.sign(key, now, body),
        }
        made.append((stock_topic(product), post(f"/api/v1/pos/{till.name}/events", body.encode(), headers)))
    return made
