"""Somebody's code opens their page, on this tablet and for this member of staff, for a quarter of an hour."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone

from instore.customers.live import tell_person
from instore.customers.models import LIFE, LookUp
from instore.staff.guard import OnDuty
from instore.tablet.tries import give_back, note_wrong, take_try
from omni_sync.customer_code.exceptions import CodeOpensNothing
from omni_sync.customer_code.redeem import redeem


def look_up(*, said: str, duty: OnDuty) -> LookUp:
    """The look-up that ``said`` (a QR's words, or six letters) opens; an older one on this tablet ends by it.

    Raises TriesSpent, or CodeOpensNothing, which is counted as a wrong try.
    """
    tried = take_try(device=duty.device)
    try:
        with transaction.atomic(durable=True):
            opened = _open(said, duty)
    except CodeOpensNothing as refusal:
        note_wrong(tried=tried, device=duty.device, associate=duty.associate, why=type(refusal).__name__)
        raise
    give_back(tried)
    return opened


def here(*, pk: object, key: str, duty: OnDuty) -> LookUp | None:
    """The look-up of this address, if this tablet opened it for whoever is at it, and it is not over."""
    if not isinstance(pk, int):
        return None
    mine = LookUp.objects.open(timezone.now()).filter(pk=pk, device=duty.device, associate=duty.associate)
    found = mine.exclude(person=None).select_related("person__user").first()
    return found if found is not None and secrets.compare_digest(found.key.encode(), key.encode()) else None


def done(*, look_up: LookUp) -> None:
    """Nothing is shown by it any more."""
    LookUp.objects.filter(pk=look_up.pk, ended_at=None).update(ended_at=timezone.now())


def _open(said: str, duty: OnDuty) -> LookUp:
    code = redeem(said=said, place_id=duty.store.pk)
    now = timezone.now()
    LookUp.objects.open(now).filter(device=duty.device).update(ended_at=now)
    opened = LookUp.objects.create(
        person_id=code.person_id,
        store=duty.store,
        device=duty.device,
        associate=duty.associate,
        who=str(duty.associate),
        why=code.via,
        at=now,
        until=now + LIFE,
    )
    tell_person(code.person)
    return opened
