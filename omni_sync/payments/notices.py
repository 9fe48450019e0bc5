"""What an event means is read at the provider: so its order, its repeats and its lies do not matter."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import structlog
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from omni_sync.payments import provider
from omni_sync.payments.exceptions import Reject, Retry
from omni_sync.payments.learn import learn
from omni_sync.payments.models import Notice, Payment
from omni_sync.payments.port import Seen

log = structlog.get_logger(__name__)

LEASE: Final = timedelta(minutes=2)
PAUSES: Final = tuple(timedelta(seconds=seconds) for seconds in (2, 10, 60, 300))
RUN: Final = timedelta(seconds=20)
KEPT: Final = timedelta(days=90)
State = Notice.State


def read_notices() -> tuple[int, bool]:
    """Read what waits; how many were settled, and whether all that was due was tried."""
    settled, until = 0, timezone.now() + RUN
    while (notice := _take()) is not None:
        settled += _read(notice)
        if timezone.now() > until:
            return settled, False
    return settled, True


def forget_notices() -> int:
    """Drop those that were read long ago."""
    long_ago = timezone.now() - KEPT
    return Notice.objects.filter(received_at__lt=long_ago).exclude(state=State.WAITING).delete()[0]


def _take() -> Notice | None:
    """The next notice, ours for a while."""
    now = timezone.now()
    with transaction.atomic(durable=True):
        due = Notice.objects.filter(state=State.WAITING, next_try__lte=now).order_by("next_try", "pk")
        notice = due.select_for_update(skip_locked=True).defer("body").first()
        if notice is not None:
            Notice.objects.filter(pk=notice.pk).update(next_try=now + LEASE, attempts=F("attempts") + 1)
    return notice


def _read(notice: Notice) -> bool:
    payment = _meant(notice)
    if payment is None or payment.state == Payment.State.NEW:
        return _settle(notice, State.STRANGE)  # of a page whose address nobody was given, or of somebody else's
    try:
        seen = provider(payment.provider).look_up(payment.known)
    except Reject as refusal:
        log.error("payment unknown to its provider", payment=payment.pk, code=refusal.code)
        return _settle(notice, State.STRANGE)
    except Retry as failure:
        return _later(notice, str(failure))
    except Exception as failure:  # whatever an adapter of somebody's own raises
        log.exception("payment notice broke", notice=notice.pk)
        return _later(notice, type(failure).__name__)
    return _settle(notice, State.READ, payment, seen)


def _meant(notice: Notice) -> Payment | None:
    """The payment it is about, by the surest of the numbers it names."""
    for name in ("key", "session", "intent"):
        number = getattr(notice, name)
        if number and (found := Payment.objects.filter(Q(**{name: number}), provider=notice.provider).first()):
            return found
    return None


def _settle(notice: Notice, state: Notice.State, payment: Payment | None = None, seen: Seen | None = None) -> bool:
    with transaction.atomic(durable=True):
        Notice.objects.filter(pk=notice.pk, state=State.WAITING).update(state=state)
        if payment is not None and seen is not None:
            learn(payment_id=payment.pk, seen=seen)
    return True


def _later(notice: Notice, why: str) -> bool:
    pause = PAUSES[min(notice.attempts, len(PAUSES) - 1)]
    log.warning("payment notice not read", notice=notice.pk, reason=why)
    Notice.objects.filter(pk=notice.pk, state=State.WAITING).update(next_try=timezone.now() + pause)
    return False
