from celery import shared_task
from django.utils import timezone

from omni_sync.lists.models import AnonymousList


@shared_task(ignore_result=True)
def forget_anonymous_lists() -> int:
    """Drop the lists of nobody whose thirty days are over; how many rows."""
    return AnonymousList.objects.over(timezone.now()).delete()[0]
