from celery import shared_task

from omni_sync.triggers import watch


@shared_task(ignore_result=True)
def watch_listed_stock() -> int:
    """See what comes back and what runs low of what is on somebody's list."""
    return watch.watch()
