"""An order that was written down before it was paid, and what Oscar needs to place it without a request."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.utils import translation
from oscar.core.loading import get_class, get_model

from omni_sync.carts.turns import take_turn
from omni_sync.oscar.models import Basket, Order
from omni_sync.oscar.refusals import BasketChanged
from omni_sync.transactions import inside_transaction

if TYPE_CHECKING:
    from omni_sync.checkout.models import Intended


def fields_of(address: Any) -> dict[str, Any]:
    """An unsaved address as JSON; empty where there is none."""
    if address is None:
        return {}
    said = {field.attname: getattr(address, field.attname) for field in address._meta.concrete_fields}
    key = address._meta.pk.attname
    return {name: _plain(value) for name, value in said.items() if name != key and value not in (None, "")}


@inside_transaction
def place(intended: Intended, *, sources: list[Any]) -> Order:
    """The order, as Oscar's own checkout would have placed it, an adopter's classes included, paid by ``sources``.

    The basket must still be frozen and cost what was agreed, with today's prices and offers: BasketChanged where it is
    or does not. Raises what Oscar raises, BasketSoldOut where the goods are gone; nothing is written then.
    """
    with translation.override(intended.language or None):
        basket = _frozen(intended)
        user = basket.owner if intended.user_id is None else intended.user
        user = user or AnonymousUser()
        _price(basket, user)
        sending = _sending(intended, basket, user)
        total = _total(basket, sending)
        if (total.incl_tax, total.currency) != (intended.amount, intended.currency):
            raise BasketChanged
        placement: Any = get_class("checkout.mixins", "OrderPlacementMixin")()
        for source in sources:
            placement.add_payment_source(source)
        guest = {} if user.is_authenticated else {"guest_email": intended.email}
        order: Order = placement.place_order(
            order_number=intended.number, user=user, basket=basket, order_total=total,
            billing_address=_address("BillingAddress", intended.billing), asked=intended.wishes, **sending, **guest,
        )  # fmt: skip
        basket.submit()
    return order


def _frozen(intended: Intended) -> Any:
    basket = Basket.objects.get(pk=intended.basket_id)
    if take_turn(basket) != Basket.FROZEN:
        raise BasketChanged
    return basket


def _price(basket: Any, user: Any) -> None:
    basket.strategy = get_class("partner.strategy", "Selector")().strategy(request=None, user=user)
    if not basket.is_empty:
        get_class("offer.applicator", "Applicator")().apply(basket, user, None)


def _sending(intended: Intended, basket: Any, user: Any) -> dict[str, Any]:
    address = _address("ShippingAddress", intended.address)
    methods = get_class("shipping.repository", "Repository")().get_shipping_methods(
        basket=basket, user=user, shipping_addr=address, request=None
    )
    method = next((one for one in methods if one.code == intended.method), None)
    if method is None:
        raise BasketChanged
    charge = method.calculate(basket)
    surcharges = get_class("checkout.applicator", "SurchargeApplicator")().get_applicable_surcharges(
        basket, shipping_charge=charge
    )
    return {
        "shipping_address": address, "shipping_method": method, "shipping_charge": charge, "surcharges": surcharges,
    }  # fmt: skip


def _total(basket: Any, sending: Mapping[str, Any]) -> Any:
    calculator = get_class("checkout.calculators", "OrderTotalCalculator")()
    return calculator.calculate(basket, sending["shipping_charge"], sending["surcharges"])


def _address(model: str, fields: Mapping[str, Any]) -> Any:
    return get_model("order", model)(**fields) if fields else None


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | bool) else str(value)


def source_of(*, code: str, amount: Decimal, currency: str, reference: str) -> Any:
    """Oscar's payment source for held money, with the transaction that holds it; saved with its order."""
    kind, _ = get_model("payment", "SourceType").objects.get_or_create(code=code, defaults={"name": code})
    source = get_model("payment", "Source")(
        source_type=kind, currency=currency, amount_allocated=amount, reference=reference
    )
    source.create_deferred_transaction(get_model("payment", "Transaction").AUTHORISE, amount, reference)
    return source
