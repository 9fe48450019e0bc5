"""A device shows its basket to another one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from omni_sync.carts.exceptions import BasketClosed
from omni_sync.carts.handoff.exceptions import NothingToHandOver
from omni_sync.carts.handoff.models import LIFE, HandOff
from omni_sync.carts.handoff.tokens import code_hashes, new_token, token_hash
from omni_sync.carts.turns import take_turn
from omni_sync.oscar.models import Basket
from omni_sync.spoken import new_code

TRIES: Final = 5  # for a code that somebody else has just now


@dataclass(frozen=True, slots=True)
class Offered:
    """What the giving device shows, this once."""

    pk: int
    until: datetime
    token: str = field(repr=False)
    code: str = field(repr=False)


def offer(*, basket: Any, stays: bool) -> Offered:
    """Let another device take ``basket``, once, within ten minutes; an earlier offer of it is good no more.

    ``stays``: whether it is on this device afterwards too. Raises NothingToHandOver and BasketClosed.
    """
    for _ in range(TRIES - 1):
        try:
            return _offer(basket, stays)
        except IntegrityError:
            continue
    return _offer(basket, stays)


@transaction.atomic
def _offer(basket: Any, stays: bool) -> Offered:
    if not basket.pk:
        raise NothingToHandOver
    if take_turn(basket) not in Basket.editable_statuses:
        raise BasketClosed
    if not basket.lines.exists():
        raise NothingToHandOver
    now = timezone.now()
    HandOff.objects.open(now).filter(basket=basket.pk).update(until=now)
    token, code = new_token(), new_code()
    row = HandOff.objects.create(
        basket_id=basket.pk,
        stays=stays,
        token_hash=token_hash(token),
        code_hash=code_hashes(code)[0],
        until=now + LIFE,
    )
    return Offered(pk=row.pk, until=row.until, token=token, code=code)
