from celery import shared_task

from omni_sync.privacy import carry_out


@shared_task(ignore_result=True)
def do_requests() -> int:
    """Put data together and forget people, as they asked."""
    return carry_out.do_requests()


@shared_task(ignore_result=True)
def forget_packets() -> int:
    """Drop what was put together a week ago."""
    return carry_out.forget_packets()
