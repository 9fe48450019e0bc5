from celery import shared_task
from django.utils import timezone

from omni_sync.carts.handoff.models import HandOff


@shared_task(ignore_result=True)
def forget_hand_offs() -> int:
    """Drop those that nobody can take or undo any more; how many."""
    return HandOff.objects.over(timezone.now()).delete()[0]
