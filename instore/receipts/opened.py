"""What an address opens: a receipt, or its gift receipt."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from instore.receipts.address import link_of, token_of
from instore.receipts.exceptions import ReceiptUnknown
from instore.receipts.find import by_token, gift_by_token
from instore.receipts.models import Receipt
from omni_sync.conf import base_url


@dataclass(frozen=True, slots=True)
class Opened:
    """A receipt and how it was opened: by ``token``, or by the owner of its order, who needs none."""

    receipt: Receipt
    token: str = ""
    is_gift: bool = False

    @property
    def link(self) -> str:
        """What opens the same elsewhere; empty where nobody here knows."""
        return base_url() + reverse("receipt:page", args=[self.token]) if self.token else link_of(self.receipt)

    @property
    def can_be_sent(self) -> bool:
        """A letter says what opens it. Who was given the gift receipt has no business with it."""
        return not self.is_gift and bool(self.token or token_of(self.receipt))

    @property
    def order_path(self) -> str:
        """The page of its order, for the owner; others have none."""
        return "" if self.token else reverse("customer:order", args=[self.receipt.order.number])

    def path(self, page: str) -> str:
        """Where ``page`` of it is, on the road by which it was opened."""
        if self.token:
            return reverse(f"receipt:{page}", args=[self.token])
        return reverse(f"my-receipt:{page}", args=[self.receipt.order.number])


def opened_by(token: str) -> Opened:
    """Raises ReceiptUnknown for a token that opens nothing."""
    try:
        return Opened(by_token(token), token)
    except ReceiptUnknown:
        return Opened(gift_by_token(token), token, is_gift=True)
