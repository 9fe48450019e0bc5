"""Who is one human follows the rows that go; what is ordered on the web is a contact."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver

from omni_sync.oscar.signals import order_promised
from omni_sync.people.account import leave_other_emails, person_id_of
from omni_sync.people.components import settle
from omni_sync.people.models import Person, Touchpoint
from omni_sync.people.signals import person_erased, person_exported, persons_parted
from omni_sync.people.sizes.models import FilteredSize, ForgottenSize, ForSomebodyElse, WornSize
from omni_sync.people.sizes.somebody import ASKED
from omni_sync.people.sizes.worn import sizes_held
from omni_sync.people.timeline import Touch, touch
from omni_sync.people.turns import take_turn


@receiver(order_promised, dispatch_uid="lintas.people.ordered")
def touch_order(sender: Any, order: Any, **_: Any) -> None:
    """What an account orders on the web is on its timeline."""
    person_id = person_id_of(user_id=order.user_id)
    if person_id is not None:
        web, ordered = Touchpoint.Channel.WEB, Touchpoint.Kind.ORDER
        data = {"number": str(order.number)}
        touch([Touch(person_id, web, ordered, order.date_placed, f"order:{order.pk}", data=data)])


@receiver(order_promised, dispatch_uid="lintas.people.somebody")
def mark_for_somebody_else(sender: Any, order: Any, asked: Any, **_: Any) -> None:
    """An order that is placed for somebody else teaches no sizes, now or when it is collected."""
    if asked.get(ASKED):
        ForSomebodyElse.objects.create(order=order)


@receiver(person_erased, dispatch_uid="lintas.people.sizes.erased")
def forget_sizes(sender: Any, user_ids: Any, **_: Any) -> None:
    """What the accounts of a human told, looked for and wanted forgotten."""
    for model in (WornSize, FilteredSize, ForgottenSize):
        model._default_manager.filter(user__in=user_ids).delete()


@receiver(person_exported, dispatch_uid="lintas.people.sizes.exported")
def tell_sizes(sender: Any, person_ids: Any, user_ids: Any, add: Any, **_: Any) -> None:
    """What was learnt of the sizes of a human and from what, and what they looked for."""
    add("sizes_learnt", sizes_held(person_ids=person_ids, user_ids=user_ids))
    looked = FilteredSize.objects.filter(user__in=user_ids).order_by("day", "pk")
    add("sizes_looked_for", looked.values("size_system", "size", "day"))


@receiver(pre_delete, sender=Person, dispatch_uid="lintas.people.gone")
def look_whom_it_joins(sender: Any, instance: Any, **_: Any) -> None:
    """Remember who is one human with a row that goes."""
    take_turn()
    now = Person.objects.get(pk=instance.pk)  # whoever asks may have read it long ago
    instance.others = list(Person.objects.alike(now).exclude(pk=now.pk).values_list("pk", flat=True))


@receiver(post_delete, sender=Person, dispatch_uid="lintas.people.left")
def settle_the_others(sender: Any, instance: Any, **_: Any) -> None:
    """Whoever was one human by a row that is gone is parted."""
    _settle(instance.others)


@receiver(post_save, sender=settings.AUTH_USER_MODEL, dispatch_uid="lintas.people.account.moved")
def leave_the_old_address(
    sender: Any, instance: Any, created: bool, raw: bool = False, update_fields: Any = None, **_: Any
) -> None:
    """An account that moves to another address is reached there, and whoever has the old one now is somebody else."""
    if not (created or raw) and (update_fields is None or sender.get_email_field_name() in update_fields):
        with transaction.atomic():
            leave_other_emails(user=instance)


@receiver(pre_delete, sender=settings.AUTH_USER_MODEL, dispatch_uid="lintas.people.account.gone")
def look_whose_account_it_is(sender: Any, instance: Any, **_: Any) -> None:
    """Remember whose account goes."""
    take_turn()
    instance.was_of = list(Person.objects.filter(user=instance).values_list("pk", flat=True))


@receiver(post_delete, sender=settings.AUTH_USER_MODEL, dispatch_uid="lintas.people.account.left")
def settle_without_account(sender: Any, instance: Any, **_: Any) -> None:
    """Another row may stand for whoever had the account."""
    _settle(instance.was_of)


def _settle(person_ids: list[int]) -> None:
    changed = settle(person_ids)
    if changed:
        persons_parted.send(sender=Person, person_ids=changed)
