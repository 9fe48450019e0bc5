"""A person who is forgotten has no code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver

from omni_sync.customer_code.models import CustomerCode
from omni_sync.people.signals import person_erased


@receiver(person_erased, dispatch_uid="lintas.customer_code.erased")
def forget_codes(sender: Any, person_ids: Sequence[int], **_: Any) -> None:
    """None of theirs opens anything any more."""
    CustomerCode.objects.filter(person__in=person_ids).delete()
