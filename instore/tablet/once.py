"""A tap that is sent twice acts once: its nonce is written in the transaction of its effect."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from instore.pickup.exceptions import (
    AlreadyAsked,
    LineSettled,
    NothingMissing,
    NothingPicked,
    NotPicked,
    TooMany,
    UnknownLine,
    WrongState,
)
from instore.pickup.models import Pickup
from instore.staff.guard import OnDuty
from instore.tablet.exceptions import ManagersOnly, MoneyDue, NonceSpent
from instore.tablet.models import TabletAction
from instore.vouchers.exceptions import NotEnough, VoucherCurrency, VoucherEnded, VoucherVoided

#: What may come of a tap beside success. All of them leave the pickup as it was.
REFUSALS: Final = (
    WrongState, NotPicked, NothingPicked, TooMany, LineSettled, UnknownLine, NothingMissing, AlreadyAsked, MoneyDue,
    ManagersOnly, VoucherVoided, VoucherEnded, NotEnough, VoucherCurrency,
)  # fmt: skip


def new_nonce() -> str:
    """128 bits, for one form."""
    return secrets.token_urlsafe(16)


def do_once(
    *,
    nonce: str,
    verb: TabletAction.Verb,
    pickup: Pickup,
    duty: OnDuty,
    asked: Mapping[str, Any],
    act: Callable[[], Any],
) -> TabletAction:
    """Do ``act`` and write down what came of it; with a known nonce only say what came of it then.

    Of two at once with one nonce the second waits for the first. Raises NonceSpent where that was another tap.
    """
    with transaction.atomic(durable=True):
        row, is_new = TabletAction.objects.get_or_create(
            nonce=nonce,
            defaults={
                "verb": verb,
                "pickup": pickup,
                "device": duty.device,
                "associate": duty.associate,
                "asked": dict(asked),
            },
        )
        if is_new:
            _act(row, act)
        elif not _is_same(row, verb, pickup, duty, asked):
            raise NonceSpent
    return row


def _act(row: TabletAction, act: Callable[[], Any]) -> None:
    try:
        act()
    except REFUSALS as refusal:
        row.problem = type(refusal).__name__
        row.facts = {name: _plain(value) for name, value in dataclasses.asdict(refusal).items()}
        row.save(update_fields=["problem", "facts"])


def _is_same(
    row: TabletAction, verb: TabletAction.Verb, pickup: Pickup, duty: OnDuty, asked: Mapping[str, Any]
) -> bool:
    known = (row.verb, row.pickup_id, row.device_id, row.associate_id, row.asked)
    return known == (verb.value, pickup.pk, duty.device.pk, duty.associate.pk, dict(asked))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
