"""What is said of consent is told to other systems; and whatever is told, those who listen are told soon."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.dispatch import receiver

from omni_sync.people.signals import consent_noted
from omni_sync.pos.outbox.wake import wake_a_pusher
from omni_sync.sales.signals import sale_recorded
from omni_sync.stock.signals import stock_changed


@receiver(consent_noted, dispatch_uid="lintas.outbox.consent")
def tell_consent(sender: Any, consent_ids: list[int], store_id: int | None, **kwargs: Any) -> None:
    """One ``customer.consent`` for every statement: whose by a number only, nothing to reach them by."""
    with connection.cursor() as cursor:
        cursor.execute(_CONSENTS, [store_id, consent_ids])


@receiver(stock_changed, dispatch_uid="lintas.outbox.wake.stock")
@receiver(sale_recorded, dispatch_uid="lintas.outbox.wake.sale")
@receiver(consent_noted, dispatch_uid="lintas.outbox.wake.consent")
def push_soon(sender: Any, **kwargs: Any) -> None:
    """After commit; should it be forgotten, beat does it."""
    transaction.on_commit(wake_a_pusher, robust=True)


_CONSENTS = """
    INSERT INTO omni_sync_outboxevent (type, store_id, data)
    SELECT 'customer.consent', p.id,
           jsonb_build_object('person', c.person_id, 'store', p.code, 'channel', c.channel, 'purpose', c.purpose,
                              'state', c.state, 'at', c.at, 'claim', c.is_claim, 'source', c.source)
      FROM omni_sync_consent c
      LEFT JOIN partner_partner p ON p.id = %s
     WHERE c.id = ANY(%s)
     ORDER BY c.id
"""
