"""What stands beside a human's lists: who advised what and why, and the links that showed them."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from omni_sync.lists.models import ListNote, ShareLink
from omni_sync.oscar.models import WishList
from omni_sync.people.signals import person_erased, person_exported


@receiver(person_exported, dispatch_uid="lintas.lists.export")
def export(sender: Any, user_ids: list[int], add: Any, **_: Any) -> None:
    """The notes with their store and time, and when a list could be seen by a link."""
    notes = ListNote.objects.filter(line__wishlist__owner__in=user_ids).order_by("line")
    add(
        "list_notes",
        notes.values("line__wishlist__name", "line__title", "note", "adviser_name", "store__name", "added_at"),
    )
    links = ShareLink.objects.filter(wishlist__owner__in=user_ids).order_by("pk")
    add("list_links", links.values("wishlist__name", "made_at", "revoked_at"))


@receiver(person_erased, dispatch_uid="lintas.lists.forget")
def forget(sender: Any, user_ids: list[int], **_: Any) -> None:
    """Their lists go, and with them every note and link: nobody who has one sees anything."""
    WishList.objects.filter(owner__in=user_ids).delete()
