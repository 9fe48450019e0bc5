from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from instore.staff.events import note
from instore.staff.models import Assignment, Associate, Role, StaffEvent
from instore.stores.models import Store

Kind = StaffEvent.Kind


def hire(*, display_name: str, till_id: str, store: Store, role: Role, by: Any) -> Associate:
    """Somebody new, who works at ``store``; they sign in once they have a PIN."""
    with transaction.atomic(durable=True):
        associate = Associate.objects.create(display_name=display_name, till_id=till_id)
        _assign(associate, store, role, by)
    return associate


def assign(*, associate: Associate, store: Store, role: Role, by: Any) -> None:
    """The associate works at ``store`` too, or there as something else from now on."""
    with transaction.atomic(durable=True):
        _assign(associate, store, role, by)


def unassign(*, associate: Associate, store: Store, by: Any) -> bool:
    """The associate works at ``store`` no longer, from their next tap on; False when they did not."""
    with transaction.atomic(durable=True):
        ended, _ = Assignment.objects.filter(associate=associate, store=store).delete()
        if ended:
            note(Kind.UNASSIGNED, store=store, associate=associate, by=by, detail=str(store))
    return bool(ended)


def leave(*, associate: Associate, by: Any) -> bool:
    """The associate has left: no tablet lets them in again, and their PIN is forgotten. False if they had already."""
    with transaction.atomic(durable=True):
        here = Associate.objects.working().filter(pk=associate.pk)
        if not here.update(left_at=timezone.now(), pin="", pin_set_at=None):
            return False
        note(Kind.LEFT, associate=associate, by=by)
    return True


def _assign(associate: Associate, store: Store, role: Role, by: Any) -> None:
    Assignment.objects.update_or_create(associate=associate, store=store, defaults={"role": role})
    note(Kind.ASSIGNED, store=store, associate=associate, by=by, detail=f"{store}, {role.label}")
