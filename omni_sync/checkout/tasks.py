from celery import shared_task

from omni_sync.checkout import sweep
from omni_sync.poke import begin


@shared_task(ignore_result=True)
def settle_paid_orders() -> int:
    """Place what was paid, let go of what will never be."""
    begin(settle_paid_orders)
    return sweep.settle_decided()


@shared_task(ignore_result=True)
def sweep_intended_orders() -> int:
    """The same for what a lost poke or a killed process left, and the end of those whose page is over."""
    return sweep.sweep()
