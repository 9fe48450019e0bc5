from celery import shared_task

from settings.health import note_worker


@shared_task
def heartbeat() -> None:
    """Tell /readyz that a worker takes tasks from the broker."""
    note_worker()
