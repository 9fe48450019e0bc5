from celery import shared_task

from instore.requests.sweep import end_forgotten


@shared_task(ignore_result=True)
def end_forgotten_requests() -> int:
    """Nobody waits that long."""
    return end_forgotten()
