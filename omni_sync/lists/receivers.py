"""A list that is made private has no link, whatever page it was made private on."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from omni_sync.lists.share import end_links
from omni_sync.oscar.models import WishList


@receiver(post_save, sender=WishList, dispatch_uid="lintas.lists.private")
def end_link_of_private(sender: Any, instance: Any, created: bool, raw: bool = False, **_: Any) -> None:
    """From now on it shows nothing."""
    if not (created or raw) and instance.visibility != WishList.PUBLIC:
        with transaction.atomic():
            end_links(wishlist_id=instance.pk)
