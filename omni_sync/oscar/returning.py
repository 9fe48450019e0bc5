"""A shopper comes back from the provider's page: Oscar's session and basket are brought to where the order is."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from oscar.core.loading import get_class

from omni_sync.carts.turns import take_turn
from omni_sync.oscar.models import Basket


class Return:
    """One browser's way back. What is said to it changes nothing for another browser."""

    def __init__(self, request: Any) -> None:
        self.request = request
        self.session = get_class("checkout.utils", "CheckoutSessionData")(request)

    def is_of(self, intended: Any) -> bool:
        """Whether the order was begun in this browser, or by this account."""
        user = self.request.user
        is_own = user.is_authenticated and intended.user_id == user.pk
        return is_own or bool(self.session.get_submitted_basket_id() == intended.basket_id)

    def thank(self, order: Any) -> None:
        """Let the thank-you page show the order; the checkout begins anew."""
        self.session.flush()
        self.request.session["checkout_order_id"] = order.pk

    def reopen(self, intended: Any) -> None:
        """Let the basket that was being paid be the one of this browser again, with what was added meanwhile.

        Not while it is being paid once more, as for somebody who looks at an old address.
        """
        if self.session.get_submitted_basket_id() != intended.basket_id:
            return
        placement: Any = get_class("checkout.mixins", "OrderPlacementMixin")()
        placement.request, placement.checkout_session = self.request, self.session
        with transaction.atomic():
            if take_turn(intended.basket) == Basket.OPEN:
                placement.restore_frozen_basket()
