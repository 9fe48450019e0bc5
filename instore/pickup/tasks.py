from celery import shared_task

from instore.pickup.expire import expire_overdue


@shared_task(ignore_result=True)
def expire_pickups() -> int:
    """Stop waiting for those whose time is over."""
    return expire_overdue()
