"""What decisions were made of is forgotten after a while; that they were made, and why, is kept."""

from __future__ import annotations

from django.utils import timezone

from omni_sync import conf
from omni_sync.messages.journeys.models import FollowUp


def forget_follow_ups() -> int:
    """Forget the facts behind what was decided long ago. For how many."""
    old = FollowUp.objects.filter(decided_at__lt=timezone.now() - conf.messages_kept_for())
    return old.exclude(facts={}, said={}).update(facts={}, said={})
