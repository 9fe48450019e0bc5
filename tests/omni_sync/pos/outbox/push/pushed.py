"""One turn of the pusher."""

from omni_sync.pos.outbox.push import push_due
from tests.omni_sync.pos.outbox.receiver import (
    settle,
)


def push_all():
    settle()
    return push_due()[0]
