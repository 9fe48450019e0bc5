from celery import shared_task

from omni_sync.poke import begin, poke, poke_once
from omni_sync.pos import drain, fetch, heal


@shared_task(ignore_result=True)
def drain_inbox() -> int:
    """Work off the inbox; what is left when the time is over is somebody's next turn."""
    begin(drain_inbox)
    settled = drain.drain(at_ease=True)
    if settled and not drain.is_idle():
        poke_once(drain_inbox)
    return settled


@shared_task(ignore_result=True)
def heal_unmatched() -> int:
    """Look for the products of unmatched lines."""
    return heal.heal_unmatched()


@shared_task(ignore_result=True)
def fetch_hints() -> int:
    """Read at the source what tills only hinted at."""
    read = fetch.fetch_hints()
    if read:
        poke(drain_inbox)
    return read


@shared_task(ignore_result=True)
def poll_connections() -> int:
    """Ask the tills that say nothing by themselves."""
    new = fetch.poll_all()
    if new:
        poke(fetch_hints)
        poke(drain_inbox)
    return new
