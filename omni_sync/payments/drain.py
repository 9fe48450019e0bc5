"""Ask the provider for what was written: each call until it is answered, none inside a transaction."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Final

import structlog
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from omni_sync.payments import provider
from omni_sync.payments.exceptions import Reject, Retry
from omni_sync.payments.learn import learn
from omni_sync.payments.models import Call, Payment
from omni_sync.payments.port import Provider, Seen, Stage
from omni_sync.payments.signals import call_refused

log = structlog.get_logger(__name__)

#: A call whose worker died is somebody else's after so long. Longer than one call may take.
LEASE: Final = timedelta(minutes=5)
#: The pause after the first failure, the second, …; then the last one again. Two minutes in all before the first
#: quarter of an hour: somebody may be waiting at a counter.
PAUSES: Final = tuple(timedelta(seconds=seconds) for seconds in (2, 5, 15, 30, 60, 300, 900))
RUN: Final = timedelta(seconds=20)
Kind, State = Call.Kind, Call.State


def make_calls() -> tuple[int, bool]:
    """Make the calls whose time has come, the longest waiting first; how many were answered, and whether all were."""
    answered, until = 0, timezone.now() + RUN
    while (call := _take()) is not None:
        answered += _make(call)
        if timezone.now() > until:
            return answered, False
    return answered, True


def _take() -> Call | None:
    """The next call, ours for a while."""
    now = timezone.now()
    with transaction.atomic(durable=True):
        call = Call.objects.due(now).select_for_update(skip_locked=True).first()
        if call is None:
            return None
        Call.objects.filter(pk=call.pk).update(next_try=now + LEASE, attempts=F("attempts") + 1)
    return Call.objects.select_related("payment").get(pk=call.pk)


def _make(call: Call) -> bool:
    """Whether there is an answer, yes or no. Whatever goes wrong is this call's own affair."""
    try:
        seen = _ask(provider(call.payment.provider), call)
    except Reject as refusal:
        return _refused(call, refusal.code)
    except Retry as failure:
        return _later(call, str(failure))
    except Exception as failure:  # whatever an adapter of somebody's own raises
        log.exception("payment call broke", call=call.pk)
        return _later(call, type(failure).__name__)
    return _done(call, seen)


def _ask(at: Provider, call: Call) -> Seen:
    """A call that was made before may have been carried out without our hearing of it: look first."""
    known = call.payment.known
    if call.attempts > 1:
        seen = at.look_up(known)
        if _is_carried_out(call, seen):
            return seen
    amount = call.amount
    if call.kind == Kind.CANCEL or amount is None:
        return at.cancel(known, key=call.key)
    if call.kind == Kind.CAPTURE:
        return at.capture(known, amount, key=call.key)
    return at.refund(known, amount, key=call.key)


def _is_carried_out(call: Call, seen: Seen) -> bool:
    if call.kind == Kind.REFUND:
        return call.key in seen.refunds
    return seen.stage == (Stage.CAPTURED if call.kind == Kind.CAPTURE else Stage.ENDED)


def _done(call: Call, seen: Seen) -> bool:
    with transaction.atomic(durable=True):
        if _settle(call, State.DONE, ""):
            learn(payment_id=call.payment_id, seen=seen)
    return True


def _refused(call: Call, code: str) -> bool:
    """What a refund would have given back may be given back again; the payment may have moved on without us."""
    log.error("payment call refused", call=call.pk, kind=call.kind, code=code)
    seen = _glance(call)
    with transaction.atomic(durable=True):
        payment = Payment.objects.select_for_update(no_key=True).get(pk=call.payment_id)
        if not _settle(call, State.REFUSED, code):
            return True
        if call.kind == Kind.REFUND and call.amount is not None:
            asked = max(payment.refund_asked - call.amount, payment.refunded)
            Payment.objects.filter(pk=payment.pk).update(refund_asked=asked)
        else:  # it may be decided again
            Payment.objects.filter(pk=payment.pk).update(capture_asked=None, cancel_asked_at=None)
        if seen is not None:
            learn(payment_id=call.payment_id, seen=seen)
        call_refused.send(Call, payment_id=call.payment_id, call_id=call.pk, kind=Kind(call.kind), code=code)
    return True


def _glance(call: Call) -> Seen | None:
    """The payment as it is, when the provider can say so now; the next look will, if not."""
    try:
        return provider(call.payment.provider).look_up(call.payment.known)
    except (Retry, Reject):
        return None


def _settle(call: Call, state: Call.State, answer: str) -> bool:
    """False: another worker has heard the answer."""
    waiting = Call.objects.filter(pk=call.pk, state=State.WAITING)
    return waiting.update(state=state, answer=answer[:200], settled_at=timezone.now()) == 1


def _later(call: Call, why: str) -> bool:
    pause = PAUSES[min(call.attempts, len(PAUSES)) - 1] * random.uniform(0.8, 1.2)  # noqa: S311
    log.warning("payment call failed", call=call.pk, kind=call.kind, attempts=call.attempts, reason=why)
    Call.objects.filter(pk=call.pk, state=State.WAITING).update(next_try=timezone.now() + pause, answer=why[:200])
    return False
