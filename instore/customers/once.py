"""A tap on a customer's page that is sent twice acts once: its nonce is written in the transaction of its effect."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.db import transaction

from instore.customers.exceptions import NoAccount, NotAllowed, NothingSaid, TooLongToSay
from instore.customers.models import CustomerAction, LookUp
from instore.tablet.exceptions import NonceSpent
from omni_sync.carts.put import NotToBeHad
from omni_sync.lists.exceptions import NoteTooLong, UnknownProduct
from omni_sync.oscar.refusals import UnableToPlaceOrder

#: What may come of a tap beside success. All of them leave everything as it was.
REFUSALS: Final = (
    NotToBeHad,
    UnableToPlaceOrder,
    NoAccount,
    NotAllowed,
    NoteTooLong,
    UnknownProduct,
    NothingSaid,
    TooLongToSay,
)


def do_once(
    *, nonce: str, verb: CustomerAction.Verb, look_up: LookUp, asked: Mapping[str, Any], act: Callable[[], Any]
) -> CustomerAction:
    """Do ``act`` and write down what came of it; with a known nonce only say what came of it then.

    Of two at once with one nonce the second waits for the first. Raises NonceSpent where that was another tap.
    """
    fingerprint = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).digest()
    with transaction.atomic(durable=True):
        row, is_new = CustomerAction.objects.get_or_create(
            nonce=nonce, defaults={"verb": verb, "look_up": look_up, "asked": fingerprint}
        )
        if is_new:
            _act(row, act)
        elif (row.verb, row.look_up_id, bytes(row.asked)) != (verb.value, look_up.pk, fingerprint):
            raise NonceSpent
    return row


def _act(row: CustomerAction, act: Callable[[], Any]) -> None:
    try:
        with transaction.atomic():
            act()
    except REFUSALS as refusal:
        row.problem = type(refusal).__name__
        row.said = str(refusal) if isinstance(refusal, UnableToPlaceOrder) else ""
        row.save(update_fields=["problem", "said"])
