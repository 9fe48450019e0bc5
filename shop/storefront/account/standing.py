"""How an order stands, in words that need no explaining."""

from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from omni_sync import conf
from omni_sync.sales.models import Sale


@dataclass(frozen=True, slots=True)
class Standing:
    """A short name with its look, and a sentence about what happens next; both empty where there is nothing to say."""

    name: str | Promise
    next: str | Promise
    look: str
    icon: str


NEW: Final = Standing(_("Received"), _("We have your order and will pack it soon."), "", "clock")
UNDER_WAY: Final = Standing(_("Being packed"), _("We are putting your things together."), "", "parcel")
SENT: Final = Standing(pgettext_lazy("parcel", "Sent"), _("Your parcel has left us."), "good", "check")
SOLD: Final = Standing("", "", "", "")
CANCELLED: Final = Standing(_("Cancelled"), _("Nothing will be sent."), "bad", "out")
TAKEN_BACK: Final = Standing(_("Cancelled"), _("The shop took this sale back."), "bad", "out")


def standing_of(order: Any, sale: Sale | None) -> Standing:
    """How ``order`` stands; a status of the merchant's own is said as it is."""
    if sale is not None and sale.channel != Sale.Channel.WEB:
        return TAKEN_BACK if sale.voided_at or conf.means_cancelled(order.status) else SOLD
    if conf.means_cancelled(order.status):
        return CANCELLED
    pipeline = list(settings.OSCAR_ORDER_STATUS_PIPELINE)
    known = dict(zip(pipeline, (NEW, UNDER_WAY, SENT), strict=False))
    return known.get(order.status) or Standing(order.status, "", "", "info")
