"""How an order gets to the shopper: by the shop's own methods, or it waits at a store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.module_loading import import_string
from django.utils.translation import gettext
from oscar.core.loading import get_class

from omni_sync.carts.fulfilment import fulfilment_of
from omni_sync.conf import delivery_methods
from omni_sync.oscar.promise import with_classes

if TYPE_CHECKING:
    from oscar.apps.shipping.methods import Free
    from oscar.apps.shipping.repository import Repository
else:
    Free = get_class("shipping.methods", "Free")
    Repository = object

COLLECT: Final = "collect"


class CollectAt(Free):
    """Collected at a store, for nothing."""

    code = COLLECT

    def __init__(self, partner: Any) -> None:
        self.partner = partner

    @property
    def name(self) -> str:  # type: ignore[override]  # Oscar's are class attributes
        return gettext("Collect at %(place)s") % {"place": self.partner}


class PlacesFirst(Repository):
    """One way only for a basket that is collected; for others the shop's own, or LINTAS_DELIVERY_METHODS."""

    def get_default_shipping_method(self, basket: Any, shipping_addr: Any = None, **kwargs: Any) -> Any:
        with_classes(basket.all_lines())  # the total and the strategy ask each line for it
        return super().get_default_shipping_method(basket, shipping_addr=shipping_addr, **kwargs)

    def get_shipping_methods(self, basket: Any, shipping_addr: Any = None, **kwargs: Any) -> list[Any]:
        chosen = fulfilment_of(basket)
        if chosen.is_collected:
            return [CollectAt(chosen.partner)]
        return super().get_shipping_methods(basket, shipping_addr=shipping_addr, **kwargs)  # type: ignore[no-any-return]

    def get_available_shipping_methods(self, basket: Any, shipping_addr: Any = None, **kwargs: Any) -> Any:
        ours = [import_string(path)() for path in delivery_methods()]
        return ours or super().get_available_shipping_methods(basket, shipping_addr=shipping_addr, **kwargs)
