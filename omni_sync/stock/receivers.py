"""Oscar's stock records and our levels, kept together."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from omni_sync.oscar.models import StockRecord
from omni_sync.poke import poke
from omni_sync.stock import tasks
from omni_sync.stock.adopt import open_ledger
from omni_sync.stock.alerts import anybody_to_alert
from omni_sync.stock.levels import project, set_safety
from omni_sync.stock.models import Hold, Location
from omni_sync.stock.signals import stock_changed


@receiver(post_save, sender=StockRecord, dispatch_uid="lintas.stockrecord")
def follow_stock_record(sender: Any, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Open a ledger for a new record; let a saved one show its level again, whatever was written into it (R5)."""
    if raw:
        return
    with transaction.atomic():
        if created:
            open_ledger([instance.pk])
        project([instance.pk])
    instance.refresh_from_db(fields=["num_in_stock", "num_allocated"])


@receiver(post_save, sender=Location, dispatch_uid="lintas.location")
def follow_safety(sender: Any, instance: Location, raw: bool = False, **kwargs: Any) -> None:
    """Give every level of the place its safety stock."""
    if not raw:
        with transaction.atomic():
            set_safety(partner_id=instance.pk, safety=instance.safety)


@receiver(stock_changed, dispatch_uid="lintas.alerts")
def look_after_alerts(sender: Any, record_ids: list[int], **kwargs: Any) -> None:
    """Oscar's own alerts follow the ledger, after commit; a promise made or ended waits for beat's next round."""
    if record_ids and sender is not Hold:
        transaction.on_commit(lambda: _ask_for_alerts(record_ids), robust=True)


def _ask_for_alerts(record_ids: list[int]) -> None:
    if anybody_to_alert(record_ids):
        poke(tasks.look_after_alerts, record_ids)
