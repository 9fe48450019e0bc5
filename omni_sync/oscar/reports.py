"""Oscar's list of orders as a file, with the orders of nobody in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model

if TYPE_CHECKING:
    from oscar.apps.order.reports import OrderReportGenerator
else:
    OrderReportGenerator = object


class OrdersOfNobody(OrderReportGenerator):
    """Oscar asks every order for its customer's name unless it is a guest's; a till's sale has neither."""

    queryset: Any

    def generate(self) -> Any:
        """The report; in the file a sale to nobody has an empty name and e-mail."""
        if hasattr(self.formatter, "generate_csv"):
            self.queryset = [_named(order) for order in self.queryset.select_related("user")]
        return super().generate()


def _named(order: Any) -> Any:
    if order.user is None and not order.is_anonymous:
        order.user = get_user_model()()
    return order
