from celery import shared_task
from django.db import transaction

from omni_sync.people import resolve
from omni_sync.people.sizes import filtered


@shared_task(ignore_result=True)
def resolve_persons(person_ids: list[int] | None = None) -> None:
    """See who is one human with these rows; without any, with all."""
    if person_ids is None:
        resolve.resolve_everyone()
        return
    with transaction.atomic():
        resolve.resolve(person_ids=person_ids)


@shared_task(ignore_result=True)
def forget_filtered_sizes() -> None:
    """What members looked for is no evidence of their sizes for ever."""
    with transaction.atomic():
        filtered.forget_filtered()
