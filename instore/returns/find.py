"""What somebody holds out: a receipt's QR, or a number that is written on it."""

from __future__ import annotations

import re
from typing import Final

from instore.receipts.exceptions import NotPaidYet, ReceiptUnknown
from instore.receipts.find import by_number, by_token
from instore.returns.exceptions import OrderUnknown, StillHere
from omni_sync.oscar.models import Order

#: A receipt's address; its token is what opens it.
ADDRESS: Final = re.compile(r"/r/(?P<token>[A-Za-z0-9_-]{16,256})/?(?:[?#].*)?$")
#: The same, for the camera: what it should see.
WANTED: Final = r"/r/[A-Za-z0-9_-]{16,256}/?"
LONGEST: Final = 500


def find_order(said: str) -> Order:
    """The order of the receipt whose QR or number ``said`` is. Raises OrderUnknown, or StillHere for an unpaid one."""
    said = said.replace("\x00", "").strip()[:LONGEST]
    found = ADDRESS.search(said)
    try:
        receipt = by_token(found["token"]) if found else by_number(said)
    except ReceiptUnknown as unknown:
        raise OrderUnknown from unknown
    except NotPaidYet as unpaid:
        raise StillHere from unpaid
    return receipt.order
