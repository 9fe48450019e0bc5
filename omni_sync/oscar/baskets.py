"""Oscar's basket pages: one change after the other, and plain words about the place that was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from omni_sync.carts.fulfilment import choose_again
from omni_sync.carts.turns import take_turn
from omni_sync.catalogue.wording import own_title
from omni_sync.oscar.models import Basket

if TYPE_CHECKING:
    from django.views.generic import View
    from oscar.apps.basket.forms import AddToBasketForm
else:
    View = AddToBasketForm = object


class InTurn(View):
    """Whatever is posted waits until no other request changes the same basket, and sees what the other one did."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if request.method != "POST":
            return super().dispatch(request, *args, **kwargs)
        with transaction.atomic():
            wait_for_basket(request)
            return self.in_turn(request, *args, **kwargs)

    def in_turn(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Answer while nobody else changes the basket."""
        return super().dispatch(request, *args, **kwargs)


class BackInTurn(InTurn):
    """What was saved for later comes back to the place that the basket is at now."""

    def in_turn(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().in_turn(request, *args, **kwargs)
        choose_again(basket=request.basket)
        return response


def wait_for_basket(request: Any) -> None:
    """Wait for the open basket of ``request``, if it has one; one that was closed meanwhile is its basket no more."""
    # The hash loads the basket without its lines: those are to be read after the wait.
    if not request.basket_hash:
        return
    if take_turn(request._basket_cache) != Basket.OPEN:
        request._basket_cache = None


class SaysWhere(AddToBasketForm):
    """Why a product cannot be put into a basket that is collected, or sent, from one place."""

    def clean(self) -> Any:
        try:
            return super().clean()
        except ValidationError as refused:
            place = getattr(self.basket.strategy, "place", None)
            if place is None or not place.is_chosen:
                raise
            raise ValidationError(_words(place, self.product)) from refused


def _words(place: Any, product: Any) -> str:
    named = {"title": own_title(product.get_title()), "place": place.partner}
    if place.is_collected:
        return gettext(
            "%(place)s has no more of “%(title)s”, and your basket is collected there. Choose another shop or delivery "
            "in your basket first."
        ) % named  # fmt: skip
    return gettext("There is no more of “%(title)s” to send. Choose a shop to collect at in your basket first.") % named
