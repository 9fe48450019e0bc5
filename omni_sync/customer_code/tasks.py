from celery import shared_task
from django.utils import timezone

from omni_sync.customer_code.models import CustomerCode


@shared_task(ignore_result=True)
def forget_customer_codes() -> int:
    """Drop those that nobody asks after any more; how many."""
    return CustomerCode.objects.over(timezone.now()).delete()[0]
