from celery import shared_task

from omni_sync.poke import poke
from omni_sync.pos import drain, heal


@shared_task(ignore_result=True)
def drain_inbox() -> int:
    """Work off the inbox; what is left when the time is over is somebody's next turn."""
    settled = drain.drain()
    if settled and not drain.is_idle():
        poke(drain_inbox)
    return settled


@shared_task(ignore_result=True)
def heal_unmatched() -> int:
    """Look for the products of unmatched lines."""
    return heal.heal_unmatched()
