"""``hold``: promises a second through the use-case, next to pgbench doing the same writes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.db.models import F

from omni_sync.stock.audit import audit
from omni_sync.stock.models import Hold, Level
from settings.bench import pgbench
from settings.bench.buyers import Buyers, Wish, at_the_counter
from settings.bench.goods import make_products, open_shops, settle_down, stock
from settings.bench.rows import Row, Size, middle

PROCESSES: Final = 2
THREADS: Final = 4
CLIENTS: Final = PROCESSES * THREADS
PLENTY: Final = 10_000_000
FEW: Final = 50
LEAST: Final = 0.3

# What a promise writes, and nothing else: no guard, no turn of the holder, nothing read.
SAME_WRITES: Final = """
\\set record random(:first, :last)
\\set key random(1, 9000000000000000000)
BEGIN;
UPDATE omni_sync_level SET held = held + 1 WHERE stockrecord_id = :record;
UPDATE partner_stockrecord SET num_allocated = num_allocated + 1 WHERE id = :record;
INSERT INTO omni_sync_hold (holder_kind, holder, until, stockrecord_id, quantity)
VALUES ('basket', :key, now() + interval '15 minutes', :record, 1);
INSERT INTO omni_sync_outboxevent (type, store_id, data)
VALUES ('stock.changed', :store,
        '{"sku": "SKU-1", "held": 1, "store": "shop-0001", "on_hand": 10000000, "available": 9999999}');
COMMIT;
"""


def run(size: Size) -> Iterator[Row]:
    """Cold rows, one hot row, and then the proof that nobody was promised what was not there."""
    shops = open_shops(size.shops)
    records = stock(shops, make_products(size.products), PLENTY)
    few = stock(shops[:1], make_products(1), FEW)[0]
    settle_down()
    cold, hot = range(records[0], records[-1] + 1), range(records[0], records[0] + 1)
    with at_the_counter(processes=PROCESSES, threads=THREADS) as buyers:
        buyers.buy(Wish(cold, min(size.seconds, 1.0)))  # connections, and the plans they keep
        rounds = {
            "hold": [_round(buyers, cold, shops[0], size) for _ in range(size.rounds)],
            "hold-hot": [_round(buyers, hot, shops[0], size) for _ in range(size.rounds)],
        }
        rush = buyers.buy(Wish(range(few, few + 1), seconds=60, refusals=5))
    checks = {f"{CLIENTS} buyers of {FEW} units got {rush.granted}": rush.granted == FEW, **_books()}
    yield _row("hold", rounds["hold"], len(cold), checks)
    yield _row("hold-hot", rounds["hold-hot"], len(hot), checks)


def _round(buyers: Buyers, records: range, store: int, size: Size) -> tuple[float, float | None]:
    ours = buyers.buy(Wish(records, size.seconds))
    variables = {"first": records[0], "last": records[-1], "store": store}
    limit = pgbench.per_second(SAME_WRITES, clients=CLIENTS, seconds=size.seconds, variables=variables)
    return ours.per_second, limit


def _books() -> dict[str, bool]:
    too_many = Level.objects.filter(held__gt=F("on_hand") - F("safety")).count()
    report = audit()
    return {
        f"{too_many} rows promised more than they have": too_many == 0,
        f"audit of {report['levels']} levels finds {len(report['violations'])}": not report["violations"],
        f"{report['open_holds']} promises are open": report["open_holds"] == Hold.objects.count(),
    }


def _row(name: str, rounds: list[tuple[float, float | None]], records: int, checks: dict[str, bool]) -> Row:
    figure, limit = middle(rounds)
    source = "pgbench with as many clients doing the same writes, prepared" if limit else "no pgbench found"
    return Row(
        name=name, unit="holds/s", figure=figure, limit=limit, limit_is=source, least_ratio=LEAST, checks=checks,
        details={
            "clients": CLIENTS, "processes": PROCESSES, "rows": records,
            "rounds": [[round(ours), limit and round(limit)] for ours, limit in rounds],
        },
    )  # fmt: skip
