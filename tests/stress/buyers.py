"""A process full of buyers: ``python -m tests.stress.buyers RECORD BUYERS THREADS [--careless]``.

Says ``ready``, waits for a line on standard input, lets everybody buy one unit, and prints what came of it as JSON.
"""

import json
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from unittest.mock import patch

import django


def buy(record: int, names: list[str]) -> list[str]:
    from django.db import connection, transaction

    from omni_sync.stock.exceptions import SoldOut
    from omni_sync.stock.hold import Holder, Line, hold

    outcomes = []
    for name in names:
        try:
            with transaction.atomic(durable=True):
                hold(lines=[Line(record, 1)], holder=Holder("basket", name), until=None)
            outcomes.append("got it")
        except SoldOut:
            outcomes.append("sold out")
    connection.close()
    return outcomes


def main(record: int, buyers: int, threads: int, *, careless: bool, prefix: str) -> None:
    django.setup()
    from omni_sync.stock import hold as module
    from tests.stress.careless import check_then_write
    from tests.stress.crowd import Meeting

    take = check_then_write(Meeting(threads, 10)) if careless else module._take
    shares = [[f"{prefix}-{n}" for n in range(buyers)][thread::threads] for thread in range(threads)]
    print("ready", flush=True)  # noqa: T201
    sys.stdin.readline()
    with patch.object(module, "_take", take), ThreadPoolExecutor(threads) as pool:
        outcomes = Counter(chain.from_iterable(pool.map(lambda names: buy(record, names), shares)))
    print(json.dumps(outcomes))  # noqa: T201


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:4]]
    main(*numbers, careless="--careless" in sys.argv, prefix=sys.argv[4])
