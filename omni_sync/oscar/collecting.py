"""A checkout without an address, for a basket that is collected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from oscar.apps.checkout.exceptions import FailedPreCondition, PassedSkipCondition

from omni_sync.carts.fulfilment import fulfilment_of
from omni_sync.checkout.models import Intended
from omni_sync.oscar.shipping import COLLECT, CollectAt

if TYPE_CHECKING:
    from oscar.apps.checkout.session import CheckoutSessionMixin
    from oscar.apps.checkout.views import ShippingMethodView
else:
    CheckoutSessionMixin = ShippingMethodView = object


class CollectedCheckout(CheckoutSessionMixin):
    """Asks for no address and offers one way to get the goods where the basket is collected."""

    checkout_session: Any

    def check_basket_is_not_empty(self, request: Any) -> None:
        """Somebody who left the provider's page by the browser's own back button finds the way there again."""
        if request.basket.is_empty:
            waiting = Intended.objects.open().filter(basket=self.checkout_session.get_submitted_basket_id() or 0)
            for key in waiting.values_list("key", flat=True):
                raise FailedPreCondition(url=reverse("lintas-checkout:unfinished", args=[key]))
        super().check_basket_is_not_empty(request)

    def skip_unless_basket_requires_shipping(self, request: Any) -> None:
        if _is_collected(request.basket):
            raise PassedSkipCondition(url=reverse("checkout:shipping-method"))
        super().skip_unless_basket_requires_shipping(request)

    def check_shipping_data_is_captured(self, request: Any) -> None:
        code = self.checkout_session.shipping_method_code(request.basket)
        if _is_collected(request.basket):
            if code != COLLECT:
                self.checkout_session.use_shipping_method(COLLECT)
            return
        if code == COLLECT:  # chosen before the shopper thought better of it
            raise FailedPreCondition(url=reverse("checkout:shipping-method"))
        super().check_shipping_data_is_captured(request)

    def get_shipping_address(self, basket: Any) -> Any:
        return None if _is_collected(basket) else super().get_shipping_address(basket)

    def get_shipping_method(self, basket: Any, shipping_address: Any = None, **kwargs: Any) -> Any:
        chosen = fulfilment_of(basket)
        if chosen.is_collected:
            return CollectAt(chosen.partner)
        return super().get_shipping_method(basket, shipping_address, **kwargs)


class NothingToChoose(ShippingMethodView):
    """Goes on at once where the basket is collected."""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not _is_collected(request.basket):
            return super().get(request, *args, **kwargs)
        self.checkout_session.use_shipping_method(COLLECT)
        return self.get_success_response()


def _is_collected(basket: Any) -> bool:
    return fulfilment_of(basket).is_collected
