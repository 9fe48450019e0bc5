"""A receipt that was asked for at a till goes by letter, once, and opens the way into an account.

It is no follow-up: a till's address is proved by nobody, so it gets this one letter and nothing else, ever.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from instore.receipts.address import link_of
from instore.receipts.issue import issue
from instore.receipts.letter import send
from omni_sync.oscar.models import Order
from omni_sync.people.suppression import suppressed_since

#: What is told later, by a till that was silent or by a replay, is nobody's wish of today.
FRESH: Final = timedelta(days=1)
MOST: Final = 200  # in one turn


def asking_tills() -> list[str]:
    """The connections at whose tills an e-mail address is given for the receipt; none unless the settings name them."""
    return list(getattr(settings, "LINTAS_TILLS_THAT_ASK_FOR_RECEIPTS", ()))


def send_asked_receipts(*, now: datetime | None = None) -> int:
    """Send the receipt of every fresh sale whose customer left an address at such a till; of how many.

    What a till's own code opens is left to that code: nobody but its reader knows it.
    """
    tills = asking_tills()
    found = _asked(tills, now or timezone.now()) if tills else []
    forgotten = suppressed_since({order: [address] for order, address, _ in found})
    return sum(_send(order, address) for order, address, at in found if order not in forgotten or forgotten[order] < at)


def _asked(tills: list[str], now: datetime) -> list[tuple[int, str, datetime]]:
    """Order, address, and since when we have it."""
    known: dict[str, Any] = {"tills": tills, "since": now - FRESH, "most": MOST}
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, known)
        return list(cursor.fetchall())


@transaction.atomic
def _send(order_id: int, address: str) -> bool:
    receipt = issue(order=Order.objects.get(pk=order_id))
    link = link_of(receipt)
    return bool(link) and send(
        receipt=receipt,
        to=address,
        language=settings.LANGUAGE_CODE,
        link=link,
        key=f"receipt-asked-{order_id}",
        may_claim=True,
    )


_ASKED: Final = """
SELECT DISTINCT ON (s.order_id) s.order_id, i.value, i.created_at
  FROM omni_sync_touchpoint t
  JOIN omni_sync_sale s ON s.id = split_part(t.key, ':', 2)::bigint AND s.voided_at IS NULL AND s.claim_hash = ''
  JOIN omni_sync_identifier i ON i.person_id = s.person_id AND i.kind = 'email' AND i.source = s.source
 WHERE t.kind = 'sale' AND t.at > %(since)s AND t.channel = 'till' AND s.source = ANY(%(tills)s)
   AND NOT EXISTS (SELECT 1 FROM omni_sync_message m WHERE m.key = 'receipt-asked-' || s.order_id)
 ORDER BY s.order_id, i.id DESC
 LIMIT %(most)s
"""
