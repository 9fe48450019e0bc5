"""Oscar's own way of telling shoppers that a product is back."""

from __future__ import annotations

from typing import Any

from oscar.core.loading import get_class


def send_product_alerts(product: Any) -> None:
    """Tell everybody who asked to hear of ``product``, as Oscar does it."""
    get_class("customer.alerts.utils", "AlertsDispatcher")().send_product_alert_email_for_user(product)
