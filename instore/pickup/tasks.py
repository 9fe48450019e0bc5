from celery import shared_task

from instore.pickup import money
from instore.pickup.expire import expire_overdue


@shared_task(ignore_result=True)
def expire_pickups() -> int:
    """Stop waiting for those whose time is over."""
    return expire_overdue()


@shared_task(ignore_result=True)
def take_before_it_ends() -> int:
    """Take what a bank holds for us until soon."""
    return money.take_before_it_ends()
