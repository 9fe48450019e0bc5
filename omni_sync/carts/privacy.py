"""Baskets and lists: they go with their account."""

from __future__ import annotations

from typing import Any

from django.db.models.functions import Lower
from django.dispatch import receiver

from omni_sync.oscar.models import BasketLine, WishLine, WishListSharedEmail
from omni_sync.people.signals import person_erased, person_exported


@receiver(person_exported, dispatch_uid="lintas.carts.export")
def export(sender: Any, user_ids: list[int], add: Any, **_: Any) -> None:
    """What is in the baskets and on the lists, and with whom these are shared."""
    lines = BasketLine.objects.filter(basket__owner__in=user_ids).order_by("pk")
    add("baskets", lines.values("basket__status", "basket__date_created", "product__title", "quantity"))
    wanted = WishLine.objects.filter(wishlist__owner__in=user_ids).order_by("pk")
    add("lists", wanted.values("wishlist__name", "wishlist__visibility", "title", "quantity"))
    shared = WishListSharedEmail.objects.filter(wishlist__owner__in=user_ids).order_by("pk")
    add("lists_shared_with", shared.values("wishlist__name", "email"))


@receiver(person_erased, dispatch_uid="lintas.carts.forget")
def forget(sender: Any, values: list[str], **_: Any) -> None:
    """Lists of others don't name them any more; their own go with the account, as baskets do."""
    named = WishListSharedEmail.objects.annotate(plain=Lower("email"))
    named.filter(plain__in=[value.lower() for value in values]).delete()
