from celery import shared_task

from kiosk.links.scans import forget_old


@shared_task(ignore_result=True)
def forget_scans() -> int:
    """Drop scans that are too old to tell anything of this season."""
    return forget_old()
