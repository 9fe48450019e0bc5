from celery import shared_task

from omni_sync.poke import poke
from omni_sync.pos.outbox import prune, push


@shared_task(ignore_result=True)
def push_events() -> int:
    """Push what is due; what is left when the time is over is somebody's next turn."""
    pushed, is_done = push.push_due()
    if not is_done:
        poke(push_events)
    return pushed


@shared_task(ignore_result=True)
def prune_outbox() -> int:
    """Forget what was told long ago."""
    return prune.prune()
