"""What happened below is told to other systems, in the same transaction; and lost lines look for their product.

``stock.changed`` is not written here: the database does it with every change of a level (migration 0005).
"""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from omni_sync.catalogue.models import Gtin
from omni_sync.oscar.models import StockRecord
from omni_sync.poke import poke
from omni_sync.pos.models import UnmatchedLine
from omni_sync.sales.signals import sale_recorded


@receiver(sale_recorded, dispatch_uid="lintas.outbox.sale")
def tell_sale(sender: Any, sale_ids: list[int], **kwargs: Any) -> None:
    """One ``sale.recorded`` for every sale."""
    with connection.cursor() as cursor:
        cursor.execute(_SALES, [sale_ids])


@receiver(post_save, sender=StockRecord, dispatch_uid="lintas.heal.record")
@receiver(post_save, sender=Gtin, dispatch_uid="lintas.heal.gtin")
def look_for_lost_lines(sender: Any, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """A new SKU or GTIN may be what an unmatched line waits for."""
    if raw:
        return
    name = {"sku": instance.partner_sku} if sender is StockRecord else {"gtin__in": _spellings(instance.value)}
    if UnmatchedLine.objects.filter(healed_at=None, **name).exists():
        from omni_sync.pos.tasks import heal_unmatched

        transaction.on_commit(lambda: poke(heal_unmatched), robust=True)


def _spellings(gtin: str) -> list[str]:
    """A GTIN as a till may have written it: 14, 13, 12 or 8 digits."""
    return [gtin[-length:] for length in (14, 13, 12, 8) if not gtin[: 14 - length].strip("0")]


_SALES = """
    INSERT INTO omni_sync_outboxevent (type, store_id, data)
    SELECT 'sale.recorded', s.store_id,
           jsonb_build_object('order', o.number, 'store', p.code, 'sale', s.number, 'source', s.source,
                              'channel', s.channel, 'currency', s.currency, 'total', s.total::text,
                              'occurred_at', s.occurred_at)
      FROM omni_sync_sale s
      JOIN order_order o ON o.id = s.order_id
      JOIN partner_partner p ON p.id = s.store_id
     WHERE s.id = ANY(%s)
"""
