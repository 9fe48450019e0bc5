"""What somebody holds out: a receipt's QR, or a number that is written on it."""

from __future__ import annotations

import re
from typing import Final

from instore.receipts.exceptions import NotPaidYet, ReceiptUnknown
from instore.receipts.find import by_token, gift_by_token
from instore.returns.exceptions import OrderUnknown, StillHere
from omni_sync.oscar.models import Order

#: A receipt's address; its token is what opens it.
ADDRESS: Final = re.compile(r"/r/(?P<token>[A-Za-z0-9_-]{16,256})/?(?:[?#].*)?$")
#: The same, for the camera: what it should see.
WANTED: Final = r"/r/[A-Za-z0-9_-]{16,256}/?"
LONGEST: Final = 500


def find_order(said: str) -> Order:
    """The order of the receipt whose QR or number ``said`` is; by a number nothing is written.

    Raises OrderUnknown, also where two have that number, or StillHere for one that nobody paid.
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
    """A receipt's number, else the order's, else the till's own."""
    for which in ({"receipt__number": number}, {"number": number}, {"sale__number": number}):
        orders = list(Order.objects.filter(**which)[:2])
        if len(orders) == 1:
            return orders[0]
        if orders:
            break
    raise OrderUnknown
