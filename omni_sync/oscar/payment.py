"""The answer a shopper gets when the last unit went to somebody else: plain words, and nothing lost."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from omni_sync.oscar.refusals import UnableToPlaceOrder

if TYPE_CHECKING:
    from oscar.apps.checkout.views import PaymentDetailsView
else:
    PaymentDetailsView = object


class RefusedPolitely(PaymentDetailsView):
    """Shows the order again with the reason, as 409 Conflict, over a basket that is open again."""

    def submit(self, *args: Any, payment_kwargs: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        """Submit as Oscar does. A basket that could not even be promised never reaches the payment."""
        try:
            response = super().submit(*args, payment_kwargs=payment_kwargs, **kwargs)  # type: ignore[misc]
        except UnableToPlaceOrder as refusal:
            response = self.render_preview(self.request, error=str(refusal), **(payment_kwargs or {}))
        if getattr(self, "refusal", None) is not None:
            response.status_code = HTTPStatus.CONFLICT
        return response
