"""What somebody holds out: a receipt's QR, or a number that is written on it."""

from __future__ import annotations

import re
from typing import Final

from instore.receipts.exceptions import NotPaidYet, ReceiptUnknown
from instore.receipts.find import by_token, gift_by_token, orders_numbered
from instore.returns.exceptions import OrderUnknown, SeveralOrders, StillHere
from omni_sync.oscar.models import Order

#: A receipt's address; its token is what opens it.
ADDRESS: Final = re.compile(r"/r/(?P<token>[A-Za-z0-9_-]{16,256})/?(?:[?#].*)?$")
#: The same, for the camera: what it should see.
WANTED: Final = r"/r/[A-Za-z0-9_-]{16,256}/?"
LONGEST: Final = 500


def find_order(said: str) -> Order:
    """The order of the receipt whose QR or number ``said`` is; by a number nothing is written.

    Raises OrderUnknown, SeveralOrders where two stores have that number, or StillHere for one that nobody paid.
    """
    said = said.replace("\x00", "").strip()[:LONGEST]
    found = ADDRESS.search(said)
    return _by_token(found["token"]) if found else _by_number(said)


def find_gift(said: str) -> Order:
    """The order of the gift receipt whose QR ``said`` is. Raises OrderUnknown."""
    found = ADDRESS.search(said.replace("\x00", "").strip()[:LONGEST])
    try:
        return gift_by_token(found["token"] if found else "").order
    except ReceiptUnknown as unknown:
        raise OrderUnknown from unknown


def _by_token(token: str) -> Order:
    try:
        return by_token(token).order
    except ReceiptUnknown as unknown:
        raise OrderUnknown from unknown
    except NotPaidYet as unpaid:
        raise StillHere from unpaid


def _by_number(number: str) -> Order:
    orders = orders_numbered(number)
    if not orders:
        raise OrderUnknown
    if len(orders) > 1:
        raise SeveralOrders(orders)
    return orders[0]
