"""How the reference shop sends a parcel."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_class

FixedPrice: Any = get_class("shipping.methods", "FixedPrice")


class Parcel(FixedPrice):  # type: ignore[misc]  # Oscar's class is known at run time only
    """One price for every parcel: the setting DELIVERY_PRICE, in the shop's currency; nothing where it says nothing."""

    code = "parcel"
    name = _("Delivery to your door")

    def __init__(self) -> None:
        price = Decimal(settings.DELIVERY_PRICE)
        super().__init__(charge_excl_tax=price, charge_incl_tax=price)
