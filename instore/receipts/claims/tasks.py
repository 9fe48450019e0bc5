from celery import shared_task
from django.utils import timezone

from instore.receipts.claims.models import Claim


@shared_task(ignore_result=True)
def forget_claims() -> int:
    """Drop those whose sale did not arrive in time; how many."""
    return Claim.objects.over(timezone.now()).delete()[0]
