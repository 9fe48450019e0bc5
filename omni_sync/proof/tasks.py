from celery import shared_task
from django.utils import timezone

from omni_sync.proof.models import EmailProof


@shared_task(ignore_result=True)
def forget_email_proofs() -> int:
    """Drop those that nobody asks after any more; how many."""
    return EmailProof.objects.over(timezone.now()).delete()[0]
