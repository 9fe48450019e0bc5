"""Who opens an account is a person from then on: before, nobody could be greeted."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.dispatch import receiver

from omni_sync.oscar.signals import user_registered
from omni_sync.people.account import person_of


@receiver(user_registered, dispatch_uid="lintas.triggers.registered")
def know(sender: Any, user: Any, **_: Any) -> None:
    """Make their row."""
    with transaction.atomic():
        person_of(user=user)
