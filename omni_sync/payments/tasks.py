from celery import shared_task

from omni_sync.payments import drain, notices, reconcile
from omni_sync.poke import begin, poke_once


@shared_task(ignore_result=True)
def make_calls() -> int:
    """Ask the providers for what was written; what is left when the time is over is somebody's next turn."""
    begin(make_calls)
    answered, is_done = drain.make_calls()
    if not is_done:
        poke_once(make_calls)
    return answered


@shared_task(ignore_result=True)
def read_notices() -> int:
    """Read what the providers told."""
    begin(read_notices)
    settled, is_done = notices.read_notices()
    if not is_done:
        poke_once(read_notices)
    return settled


@shared_task(ignore_result=True)
def reconcile_payments() -> int:
    """Ask for what nobody told us."""
    return reconcile.reconcile()


@shared_task(ignore_result=True)
def forget_notices() -> int:
    """Drop what was told and read long ago."""
    return notices.forget_notices()
