from celery import shared_task

from kiosk.labels import make


@shared_task(ignore_result=True)
def make_sheets(run_id: int) -> bool:
    """Make the sheets that somebody waits for."""
    return make.make_sheets(run_id=run_id)


@shared_task(ignore_result=True)
def make_waiting_sheets() -> int:
    """Make those that no worker heard of."""
    return make.make_waiting()


@shared_task(ignore_result=True)
def forget_print_runs() -> int:
    """Drop old PDFs."""
    return make.forget()
