"""The receipt of a bag that was handed over, for its shopper to take along on their phone or on paper."""

from __future__ import annotations

from instore.pickup.models import Pickup
from instore.receipts.address import link_of, token_of
from instore.receipts.exceptions import NotPaidYet
from instore.receipts.find import of_order
from instore.receipts.pdf import symbol


def receipt_of(pickup: Pickup) -> dict[str, str]:
    """What the bag's page shows of it; nothing where there is none."""
    try:
        receipt = of_order(pickup.order)
    except NotPaidYet:
        return {}
    return {"receipt_token": token_of(receipt), "receipt_qr": symbol(link_of(receipt))}
