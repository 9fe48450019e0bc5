"""Intended orders that nobody came back to: placed when they were paid, let go of when their page is over."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

import structlog
from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from omni_sync.checkout.confirm import confirm, unconfirmed
from omni_sync.checkout.intend import GRACE
from omni_sync.checkout.models import Intended
from omni_sync.checkout.money import keep
from omni_sync.checkout.settle import give_up, settle
from omni_sync.payments.models import Payment
from omni_sync.payments.reconcile import look

log = structlog.get_logger(__name__)

MOST: Final = 200  # in one run
OVER: Final = ("authorised", "captured", "ended")


def settle_decided() -> int:
    """Place or let go of those whose payment is decided, and send what confirmations were left; how many ended."""
    ended = sum(_settled(key) for key in list(_decided()))
    _let_go_of_strays()
    for intended in unconfirmed()[:MOST]:
        confirm(intended=intended)
    return ended


def sweep() -> int:
    """``settle_decided``, then give up those whose page is over: the provider is asked for the last time first.

    A provider that does not answer is waited for a little; after that the payment is called off all the same.
    """
    ended = settle_decided()
    now = timezone.now()
    for intended in list(Intended.objects.overdue(now)[:MOST]):
        payment = Payment.objects.filter(key=intended.key, state=Payment.State.OPEN).first()
        if payment is None or look(payment) or intended.until + GRACE < now:
            ended += not give_up(key=intended.key, why=Intended.Why.EXPIRED).is_open
    return ended


def _decided() -> Iterator[str]:
    decided = Payment.objects.filter(Q(state__in=OVER) | Q(cancel_asked_at__isnull=False), key=OuterRef("key"))
    waiting = Intended.objects.open().filter(Exists(decided)).order_by("pk")
    return waiting.values_list("key", flat=True)[:MOST].iterator(chunk_size=MOST)


def _let_go_of_strays() -> None:
    """Money that was held after all for what was let go of: a page was made by a process we had given up."""
    gone = Intended.objects.filter(key=OuterRef("key"), state=Intended.State.LET_GO)
    for payment in Payment.objects.undecided().filter(Exists(gone), state=Payment.State.AUTHORISED)[:MOST]:
        with transaction.atomic(durable=True):
            keep(payment=payment, amount=Decimal(0))


def _settled(key: str) -> bool:
    """One that cannot be settled now does not stand in the way of the others."""
    try:
        return not settle(key=key).is_open
    except DatabaseError:
        log.exception("intended order not settled")
        return False
