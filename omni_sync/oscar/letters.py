"""Oscar's own letters, sent by a worker."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.contrib.sites.models import Site
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from oscar.core.loading import get_class

logger = logging.getLogger("oscar.checkout")


def send_order_placed(order: Any) -> None:
    """What Oscar's checkout sends when an order is placed: the same words, without the request of a page."""
    known = {"user": order.user, "order": order, "lines": order.lines.all()}
    with suppress(NoReverseMatch):
        path = _status_path(order)
        known |= {"status_path": path, "status_url": f"http://{Site.objects.get_current().domain}{path}"}
    get_class("order.utils", "OrderDispatcher")(logger=logger).send_order_placed_email_for_user(order, known)


def send_not_placed(to: str, *, number: str, words: str) -> None:
    """Tell who has paid that nothing was ordered, in ``words``."""
    shown = {"number": number, "words": words, "shop": settings.OSCAR_SHOP_NAME}
    messages = {
        "subject": gettext("Your order %(number)s was not placed") % {"number": number},
        "body": render_to_string("omni_sync/checkout/not_placed.txt", shown),
        "html": "",
    }
    get_class("communication.utils", "Dispatcher")(logger=logger).dispatch_direct_messages(to, messages)


def _status_path(order: Any) -> str:
    if order.user is not None:
        return reverse("customer:order", kwargs={"order_number": order.number})
    named = {"order_number": order.number, "hash": order.verification_hash()}
    return reverse("customer:anon-order", kwargs=named)
