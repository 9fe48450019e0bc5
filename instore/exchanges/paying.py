"""How the difference is paid that somebody owes in an exchange. A new way to pay at the tablet is added here."""

from __future__ import annotations

from decimal import Decimal

from instore.tablet.owed import Method
from omni_sync.sales.documents import Payment
from omni_sync.sales.exchanged import EXCHANGE


def payments_for(*, kept: Decimal, due: Decimal, method: Method, number: str) -> list[Payment]:
    """What pays for goods that go out: ``kept`` by those that came back with the exchange ``number``, the rest over the
    counter."""
    with_goods = [Payment(EXCHANGE, kept, number)] if kept else []
    return with_goods + ([Payment(method.value, due)] if due else [])
