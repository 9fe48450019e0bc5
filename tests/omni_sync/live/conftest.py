import json
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
import redis

from omni_sync.live.place import address, channel


@pytest.fixture
def heard(transactional_db) -> Iterator[Callable[[], object]]:
    """What is said on this shop's channel, one message a call."""
    with closing(redis.Redis.from_url(address())) as client, client.pubsub() as subscription:
        subscription.subscribe(channel())
        assert subscription.get_message(timeout=5)["type"] == "subscribe"

        def hear(seconds: float = 5) -> object:
            message = subscription.get_message(timeout=seconds)
            return message and json.loads(message["data"])

        yield hear
