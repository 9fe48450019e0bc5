"""The week into the books, through the tills' own door."""

import json
import time
from collections.abc import Sequence
from typing import Any, Final

from omni_sync.pos.adapters.native.read import read
from omni_sync.pos.connections import connect
from omni_sync.pos.drain import drain, is_idle
from omni_sync.pos.models import Connection
from omni_sync.pos.receive import receive

DELIVERY: Final = 100
NAP: Final = 0.05


class Refused(Exception):
    """The door did not take an event of ours: the seed speaks its language wrongly."""


def tell(connection: Connection, events: Sequence[dict[str, Any]]) -> None:
    """Deliver ``events`` in their order; said before, they have no effect."""
    for first in range(0, len(events), DELIVERY):
        body = json.dumps(events[first : first + DELIVERY]).encode()
        answer = receive(connection=connection, body=body, headers={"user-agent": "Langkah demo"}, reading=read(body))
        if answer.rejected:
            raise Refused(answer.rejected)


def apply_all() -> None:
    """Work off what was told, beside workers that may already do."""
    while not is_idle():
        if not drain():
            time.sleep(NAP)  # somebody else has the lane


def till(name: str, stores: Sequence[str]) -> Connection:
    """The connection of that name."""
    connection, _ = connect(name=name, stores=stores)
    return connection
