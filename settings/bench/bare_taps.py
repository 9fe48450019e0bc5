"""The way of a tap with nothing of ours on it: a form is taken, a word said, the word heard, a page read."""

from __future__ import annotations

import asyncio
import time
from typing import Final

import redis.asyncio as redis
from django.conf import settings

from omni_sync.live.place import channel
from settings.bench.addresses import EMPTY
from settings.bench.journeys import BAGS_A_SECOND, TAPS_OF_A_BAG
from settings.bench.screens import PATIENCE, Browser

FORM: Final = {"csrfmiddlewaretoken": 64 * "x", "nonce": 22 * "x"}  # as long as a tap's


async def bare_taps(port: int, *, taps: int) -> list[float]:
    """Milliseconds of each, as many a second as ours."""
    there, took = f"{channel()}:floor", []
    tablet, phone = Browser(port), Browser(port)
    async with redis.Redis.from_url(settings.REDIS_URL) as client, client.pubsub() as subscription:
        await subscription.subscribe(there)
        await subscription.get_message(timeout=PATIENCE)
        for _ in range(taps):
            began = time.perf_counter()
            await tablet.post(EMPTY, FORM)
            await client.publish(there, "tapped")
            if await subscription.get_message(timeout=PATIENCE) is None:
                raise RuntimeError("nothing was heard of what was said")
            await phone.get(EMPTY)
            took.append(1000 * (time.perf_counter() - began))
            await asyncio.sleep(1 / (TAPS_OF_A_BAG * BAGS_A_SECOND))
    tablet.close()
    phone.close()
    return took
