"""A list that is made private has no link; a human who is forgotten leaves no list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from omni_sync.lists.share import end_links
from omni_sync.oscar.models import WishLine, WishList, WishListSharedEmail
from omni_sync.people.signals import person_erased, person_exported


@receiver(post_save, sender=WishList, dispatch_uid="lintas.lists.private")
def end_link_of_private(sender: Any, instance: Any, created: bool, raw: bool = False, **_: Any) -> None:
    """Whatever page it was made private on."""
    if not (created or raw) and instance.visibility != WishList.PUBLIC:
        with transaction.atomic():
            end_links(wishlist_id=instance.pk)


@receiver(person_erased, dispatch_uid="lintas.lists.erased")
def forget_lists(sender: Any, user_ids: Sequence[int], values: Sequence[str], **_: Any) -> None:
    """Their lists with every note and link, and their address on the lists that others showed them."""
    WishList.objects.filter(owner__in=user_ids).delete()
    for address in {value.casefold() for value in values if "@" in value}:
        WishListSharedEmail.objects.filter(email__iexact=address).delete()


@receiver(person_exported, dispatch_uid="lintas.lists.exported")
def tell_lists(sender: Any, user_ids: Sequence[int], add: Callable[[str, Any], None], **_: Any) -> None:
    """Their lists, with what was said of each thing, by whom and where."""
    add("lists", _rows(user_ids))


def _rows(user_ids: Sequence[int]) -> Iterator[Mapping[str, Any]]:
    lines = WishLine.objects.filter(wishlist__owner__in=user_ids).select_related("wishlist", "product__parent")
    for line in lines.select_related("list_note__store").order_by("wishlist", "pk"):
        note = getattr(line, "list_note", None)
        yield {
            "list": line.wishlist.name,
            "title": line.get_title(),
            "quantity": line.quantity,
            "note": note.note if note else "",
            "advised_by": note.adviser_name if note else "",
            "store": str(note.store) if note and note.store else "",
            "at": note.added_at.isoformat() if note else "",
        }
