from celery import shared_task

from instore.triggers import receipt_asked


@shared_task(ignore_result=True)
def send_asked_receipts() -> int:
    """Send the receipts that were asked for at tills."""
    return receipt_asked.send_asked_receipts()
