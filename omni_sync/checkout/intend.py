"""An order is written down before its shopper leaves for the provider's page."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone

from omni_sync import conf
from omni_sync.checkout.models import PROMISED_AT, Intended
from omni_sync.oscar.promise import holder_of_basket
from omni_sync.payments.begin import LIFE, Pages, begin
from omni_sync.payments.models import Payment
from omni_sync.stock.hold import reassign
from omni_sync.transactions import inside_transaction

KEY_BYTES: Final = 24
#: What the goods are kept for beyond the page: the payment is called off before, see ``sweep``.
GRACE: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a checkout knows when its shopper orders; addresses are the fields of Oscar's models, or empty."""

    number: str
    user_id: int | None
    email: str
    address: Mapping[str, Any]
    billing: Mapping[str, Any]
    method: str
    asked: Mapping[str, Any]
    language: str
    amount: Decimal
    currency: str


@inside_transaction
def intend(*, basket_id: int, wish: Wish) -> Intended:
    """Write the order down, and keep its goods for as long as the provider's page can be paid on.

    To be called in the transaction that freezes the basket and promises its goods. One basket has one at a time: the
    database refuses another.
    """
    until = timezone.now() + LIFE
    holder = holder_of_basket(basket_id)
    reassign(holder=holder, to=holder, until=until + GRACE)
    return Intended.objects.create(
        key=secrets.token_urlsafe(KEY_BYTES),
        basket_id=basket_id,
        number=wish.number,
        user_id=wish.user_id,
        email=wish.email,
        address=dict(wish.address),
        billing=dict(wish.billing),
        method=wish.method,
        asked=_written(wish.asked),
        language=wish.language,
        amount=wish.amount,
        currency=wish.currency,
        until=until,
    )


def open_page(*, intended: Intended, pages: Pages, email: str) -> Payment:
    """The provider's page for an intended order; asked for again, the same page.

    It talks to the provider, outside any transaction, and raises as ``payments.begin`` does.
    """
    return begin(
        key=intended.key,
        reference=intended.number,
        amount=intended.amount,
        currency=intended.currency,
        pages=pages,
        email=email,
        language=intended.language,
        through=conf.checkout_provider(),
    )


def _written(asked: Mapping[str, Any]) -> dict[str, Any]:
    said = dict(asked)
    if said.get(PROMISED_AT):
        said[PROMISED_AT] = said[PROMISED_AT].isoformat()
    return said
