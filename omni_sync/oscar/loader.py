"""Lays our behaviour over Oscar's classes, an adopter's own forks included.

``OSCAR_DYNAMIC_CLASS_LOADER = "omni_sync.oscar.loader.load_classes"`` is all it takes. Oscar asks the loader for every
class it means to be replaceable, so whatever class is found, ours goes on top of it. What the loader never sees are
classes that Oscar's code names directly in its own module, and models: ``OrderCreator``'s use of
``OrderNumberGenerator`` is one, ``StockRecord.allocate`` another. Behaviour we need there is had some other way.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import new_class
from typing import Any, Final

from django.utils.module_loading import import_string

from omni_sync.conf import inner_class_loader

#: What we lay over what. Named by path, so that nothing is imported before Oscar asks for it.
OVERRIDES: Final[dict[str, str]] = {
    "basket.forms.AddToBasketForm": "omni_sync.oscar.baskets.SaysWhere",
    "basket.utils.LineDiscountRegistry": "omni_sync.oscar.discounts.WholeDiscounts",
    "basket.views.BasketAddView": "omni_sync.oscar.baskets.InTurn",
    "basket.views.BasketView": "omni_sync.oscar.baskets.InTurn",
    "basket.views.SavedView": "omni_sync.oscar.baskets.BackInTurn",
    "checkout.session.CheckoutSessionMixin": "omni_sync.oscar.collecting.CollectedCheckout",
    "checkout.mixins.OrderPlacementMixin": "omni_sync.oscar.placement.PromisedPlacement",
    "checkout.views.PaymentDetailsView": "omni_sync.oscar.payment.PaidOrLater",
    "checkout.views.ShippingMethodView": "omni_sync.oscar.collecting.NothingToChoose",
    "dashboard.catalogue.forms.StockRecordForm": "omni_sync.oscar.stockform.CountedStock",
    "offer.applicator.Applicator": "omni_sync.oscar.discounts.SharedOffers",
    "order.processing.EventHandler": "omni_sync.oscar.events.LedgerEvents",
    "order.reports.OrderReportGenerator": "omni_sync.oscar.reports.OrdersOfNobody",
    "order.utils.OrderCreator": "omni_sync.oscar.creator.PromisedOrder",
    "partner.strategy.Selector": "omni_sync.oscar.selector.FulfillingSelector",
    "shipping.repository.Repository": "omni_sync.oscar.shipping.PlacesFirst",
    "shipping.methods.TaxExclusiveOfferDiscount": "omni_sync.oscar.pricing.WholeCharge",
    "shipping.methods.TaxInclusiveOfferDiscount": "omni_sync.oscar.pricing.WholeCharge",
    "wishlists.views.WishListView": "omni_sync.oscar.lists.NamedOnly",
}

_laid: dict[tuple[type, type], type] = {}


def load_classes(module_label: str, classnames: Sequence[str], module_prefix: str = "oscar.apps") -> list[Any]:
    """The classes Oscar asks for, as the shop's own loader finds them, with our behaviour over those we mean to change.

    The shop's own loader is ``LINTAS_INNER_CLASS_LOADER``, Oscar's where that is not set. The same class comes back
    every time.
    """
    inner = import_string(inner_class_loader())
    found = inner(module_label, classnames, module_prefix)
    return [_overridden(f"{module_label}.{name}", cls) for name, cls in zip(classnames, found, strict=True)]


def lay(mixin: type, cls: type) -> type:
    """``cls`` with ``mixin`` over it, under its own name; ``cls`` itself where the mixin is in it already."""
    if issubclass(cls, mixin):
        return cls
    known = _laid.get((mixin, cls))
    # Two threads may both build the class; setdefault lets one of them win for good.
    return known or _laid.setdefault((mixin, cls), _built(mixin, cls))


def _overridden(name: str, cls: Any) -> Any:
    path = OVERRIDES.get(name)
    return lay(import_string(path), cls) if path else cls


def _built(mixin: type, cls: type) -> type:
    def fill(namespace: dict[str, Any]) -> None:
        namespace.update(__module__=cls.__module__, __qualname__=cls.__qualname__, __doc__=cls.__doc__)

    return new_class(cls.__name__, (mixin, cls), exec_body=fill)
