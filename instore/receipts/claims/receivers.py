"""A sale completes the claim that waited for it; a claim is told and forgotten with its person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver

from instore.receipts.claims.arrive import complete_waiting
from instore.receipts.claims.models import Claim
from omni_sync.people.signals import person_erased, person_exported
from omni_sync.sales.models import Flag, Sale
from omni_sync.sales.signals import sale_recorded, sale_voided


@receiver(sale_recorded, dispatch_uid="lintas.claims.arrived")
def complete(sender: Any, sale_ids: Sequence[int], **_: Any) -> None:
    complete_waiting(sale_ids=sale_ids)


@receiver(sale_voided, dispatch_uid="lintas.claims.voided")
def flag_voided(sender: Any, sale_ids: Sequence[int], **_: Any) -> None:
    """Somebody has it in their account, and may have the goods: a person should look at it."""
    for sale in Sale.objects.filter(pk__in=sale_ids, order__receipt_claim__isnull=False):
        sale.flags = sorted({*sale.flags, Flag.VOIDED_AFTER_CLAIM.value})
        sale.save(update_fields=["flags"])


@receiver(person_erased, dispatch_uid="lintas.claims.erased")
def forget(sender: Any, person_ids: Sequence[int], **_: Any) -> None:
    """That somebody added it, and whom a till had named, is forgotten."""
    Claim.objects.filter(person__in=person_ids).delete()
    Claim.objects.filter(instead_of__in=person_ids).update(instead_of=None)


@receiver(person_exported, dispatch_uid="lintas.claims.exported")
def tell(sender: Any, person_ids: Sequence[int], add: Any, **_: Any) -> None:
    """Which receipts they added, or wait for."""
    rows = Claim.objects.filter(person__in=person_ids).order_by("made_at", "pk")
    add("receipts_added", rows.values("order__number", "made_at", "completed_at", "expires_at"))
