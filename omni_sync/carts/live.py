"""Every device that shows a basket follows it: told after commit that something changed, never what."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from omni_sync.live.place import address
from omni_sync.live.publish import publish
from omni_sync.oscar.models import Basket, BasketLine


def basket_topic(basket_id: int) -> str:
    """One basket, whatever happens to it."""
    return f"basket-{basket_id}"


def tell_basket(basket_id: int) -> None:
    """For what is written in sets, which sends no signals: told after commit."""
    if address() is not None:
        transaction.on_commit(lambda: publish([basket_topic(basket_id)]), robust=True)


@receiver([post_save, post_delete], sender=BasketLine, dispatch_uid="lintas.basket.line")
def tell_of_line(sender: Any, instance: Any, raw: bool = False, **_: Any) -> None:
    """A line was put in, changed or taken out."""
    if not raw:
        tell_basket(instance.basket_id)


@receiver(post_save, sender=Basket, dispatch_uid="lintas.basket")
def tell_of_basket(sender: Any, instance: Any, created: bool, raw: bool = False, **_: Any) -> None:
    """It was ordered, is being paid for, or is open again."""
    if not (created or raw):
        tell_basket(instance.pk)


@receiver(m2m_changed, sender=Basket.vouchers.through, dispatch_uid="lintas.basket.vouchers")
def tell_of_voucher(sender: Any, instance: Any, action: str, reverse: bool, **_: Any) -> None:
    """A voucher makes it cheaper, or no longer does."""
    if action.startswith("post_") and not reverse:
        tell_basket(instance.pk)
