"""Every page that shows a list follows it: told after commit that something changed, never what."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from omni_sync.lists.models import ListNote
from omni_sync.live.place import address
from omni_sync.live.publish import publish
from omni_sync.oscar.models import WishLine, WishList


def list_topic(wishlist_id: int) -> str:
    """One member's list, whatever happens to it."""
    return f"list-{wishlist_id}"


def tell_list(wishlist_id: int) -> None:
    """Told after commit."""
    if address() is not None:
        transaction.on_commit(lambda: publish([list_topic(wishlist_id)]), robust=True)


@receiver([post_save, post_delete], sender=WishLine, dispatch_uid="lintas.lists.line")
def tell_of_line(sender: Any, instance: Any, raw: bool = False, **_: Any) -> None:
    """A thing was put on it, changed or taken off."""
    if not raw:
        tell_list(instance.wishlist_id)


@receiver(post_save, sender=ListNote, dispatch_uid="lintas.lists.note")
def tell_of_note(sender: Any, instance: ListNote, raw: bool = False, **_: Any) -> None:
    """Somebody said something about a thing on it."""
    if not raw:
        tell_list(instance.line.wishlist_id)


@receiver(post_save, sender=WishList, dispatch_uid="lintas.lists.list")
def tell_of_list(sender: Any, instance: Any, created: bool, raw: bool = False, **_: Any) -> None:
    """It has another name, or others may see it."""
    if not (created or raw):
        tell_list(instance.pk)
