"""The checkout promises the goods before anybody pays, and gives them back when nobody does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from omni_sync.checkout.models import Intended
from omni_sync.checkout.settle import call_off
from omni_sync.conf import checkout_hold
from omni_sync.oscar.models import Basket, Order
from omni_sync.oscar.own import own_baskets
from omni_sync.oscar.promise import holder_of_basket, units
from omni_sync.oscar.refusals import BasketChanged, BasketTaken, UnableToPlaceOrder, sold_out
from omni_sync.stock.exceptions import SoldOut
from omni_sync.stock.hold import Line, hold, release
from omni_sync.stock.models import Hold
from omni_sync.stock.release import end_holds

if TYPE_CHECKING:
    from oscar.apps.checkout.mixins import OrderPlacementMixin
else:
    OrderPlacementMixin = object


class PromisedPlacement(OrderPlacementMixin):
    """Freezing a basket holds its goods for LINTAS_CHECKOUT_HOLD_MINUTES (15); thawing it lets go of them."""

    #: Why the order of this request could not be placed.
    refusal: Exception | None = None

    def freeze_basket(self, basket: Any) -> None:
        """Promise every line and freeze, or leave the basket as it is. Raises BasketSoldOut or BasketTaken."""
        try:
            with transaction.atomic():
                _still_open(basket)
                _unchanged(basket)
                _promise(basket, getattr(self, "request", None))
                super().freeze_basket(basket)
        except UnableToPlaceOrder as refusal:
            self.refusal = refusal
            raise
        _look_again(basket)

    def restore_frozen_basket(self) -> None:
        """Open the basket again and let go of its goods; one that was ordered meanwhile stays as it is."""
        number = self.checkout_session.get_submitted_basket_id()
        if number and Order.objects.filter(basket_id=number).exists():
            return
        with transaction.atomic():
            super().restore_frozen_basket()
            if number:
                release(holder=holder_of_basket(number), reason=Hold.Reason.CANCELLED)
        _look_again(self.request.basket)  # type: ignore[attr-defined]  # the view it is mixed into

    def handle_order_placement(self, *args: Any, **kwargs: Any) -> Any:
        """As Oscar does; why it was refused is kept for the answer."""
        try:
            return super().handle_order_placement(*args, **kwargs)
        except UnableToPlaceOrder as refusal:
            self.refusal = refusal
            raise


def _still_open(basket: Any) -> None:
    # no_key: an order that is being written for this basket refers to its row, and must not have to wait for us.
    row = Basket.objects.select_for_update(no_key=True).filter(pk=basket.pk).values_list("status", flat=True)
    if row.first() != basket.status:
        raise BasketTaken


def _unchanged(basket: Any) -> None:
    """What is ordered is what the shopper was shown: another window may have changed the lines since they were read."""
    shown = {(line.pk, line.stockrecord_id, line.quantity) for line in basket.all_lines()}
    now = set(basket.lines.values_list("pk", "stockrecord_id", "quantity"))
    if shown != now:
        basket.reset_offer_applications()
        basket._fulfilment = None
        raise BasketChanged


def _promise(basket: Any, request: Any) -> None:
    lines = units(basket.all_lines())
    try:
        try:
            _hold(basket, lines)
        except SoldOut:
            # An earlier, abandoned try to pay must not stand in its own shopper's way.
            if not _let_go_of_earlier_tries(basket, request):
                raise
            _hold(basket, lines)
    except SoldOut as refused:
        raise sold_out(basket, refused) from refused


def _hold(basket: Any, lines: list[Line]) -> None:
    hold(lines=lines, holder=holder_of_basket(basket.pk), until=timezone.now() + checkout_hold())


def _let_go_of_earlier_tries(basket: Any, request: Any) -> int:
    whose = own_baskets(request) if request is not None else None
    if not whose:
        return 0
    earlier = Hold.objects.open().filter(whose, holder_kind=Hold.BASKET).exclude(holder=str(basket.pk))
    held = dict(earlier.values_list("pk", "holder"))
    # The payment is called off before its goods are let go of; one that is paid already keeps them (R4).
    waiting = Intended.objects.open().filter(basket__in={int(holder) for holder in held.values()}).order_by("pk")
    kept = {str(one.basket_id) for one in waiting if not call_off(key=one.key)}
    ids = [pk for pk, holder in held.items() if holder not in kept]
    end_holds(ids=ids, reason=Hold.Reason.MOVED)
    return len(ids)


def _look_again(basket: Any) -> None:
    forget = getattr(basket.strategy, "forget_own_holds", None) if basket.has_strategy else None
    if forget:
        forget()
