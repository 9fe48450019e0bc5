"""The same history, told badly: out of order, and more than once."""

from __future__ import annotations

import random
from collections.abc import Iterator

from omni_sync.pos.files.told import Told


def tamper(events: Iterator[Told], *, shuffle: int | None, duplicate: float) -> Iterator[Told]:
    """``events`` in an order that only ``shuffle`` decides, with ``duplicate`` per cent of them said once more later.

    Without a seed the order is kept, and a repeat comes within the next hundred events.
    """
    chance = random.Random(shuffle or 0)  # noqa: S311  a seed that repeats is the point
    if shuffle is not None:
        every = list(events)
        every += [told for told in every if chance.random() * 100 < duplicate]
        chance.shuffle(every)
        yield from every
        return
    later: list[Told] = []
    for told in events:
        yield told
        if chance.random() * 100 < duplicate:
            later.append(told)
        if later and chance.random() < len(later) / 100:
            yield later.pop(chance.randrange(len(later)))
    yield from later
