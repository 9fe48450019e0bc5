"""A lost event is made good: what has been open for too long is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from omni_sync.payments import provider
from omni_sync.payments.exceptions import Reject, Retry
from omni_sync.payments.learn import learn
from omni_sync.payments.models import Payment

log = structlog.get_logger(__name__)

OPEN_FOR: Final = timedelta(minutes=5)  # since somebody looked, while a shopper may be paying
HELD_FOR: Final = timedelta(hours=6)  # since somebody looked, while the money waits for the goods
MOST: Final = 200  # in one run; the next goes on with those nobody has looked at for longest


def reconcile() -> int:
    """Look at every payment whose news may be lost, longest unseen first; how many were looked at."""
    return sum(look(payment) for payment in _doubtful())


def _doubtful() -> Iterator[Payment]:
    now = timezone.now()
    unseen = Q(state="open", looked_at__lt=now - OPEN_FOR)
    held = Q(state="authorised") & (Q(looked_at__lt=now - HELD_FOR) | Q(capture_before__lte=now))
    return Payment.objects.filter(unseen | held).order_by("looked_at")[:MOST].iterator(chunk_size=MOST)


def look(payment: Payment) -> bool:
    """Learn what the provider says of it now, outside any transaction; False where it did not answer."""
    try:
        seen = provider(payment.provider).look_up(payment.known)
    except (Retry, Reject) as failure:
        log.warning("payment not looked at", payment=payment.pk, reason=str(failure))
        Payment.objects.filter(pk=payment.pk).update(looked_at=timezone.now())  # others have their turn
        return False
    with transaction.atomic(durable=True):
        learn(payment_id=payment.pk, seen=seen)
    return True
