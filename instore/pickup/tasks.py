from celery import shared_task

from instore.pickup import money
from instore.pickup.expire import expire_overdue
from instore.pickup.notices import remind


@shared_task(ignore_result=True)
def expire_pickups() -> int:
    """Stop waiting for those whose time is over."""
    return expire_overdue()


@shared_task(ignore_result=True)
def take_before_it_ends() -> int:
    """Take what a bank holds for us until soon."""
    return money.take_before_it_ends()


@shared_task(ignore_result=True)
def remind_of_pickups() -> int:
    """Speak once more of bags that have not much time left."""
    return remind()
