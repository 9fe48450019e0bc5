"""One open basket per person, whatever arrives at the same time."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.core.signing import BadSignature, Signer
from django.db import connection, transaction
from django.db.models import Q, prefetch_related_objects
from django.utils.functional import SimpleLazyObject, empty
from oscar.core.loading import get_class

from omni_sync.carts.merge import cap, go_to_one_place
from omni_sync.oscar.models import Basket

if TYPE_CHECKING:
    from oscar.apps.basket.middleware import BasketMiddleware as Inherited
else:
    Inherited = get_class("basket.middleware", "BasketMiddleware")

logger = logging.getLogger("omni_sync.baskets")


class BasketMiddleware(Inherited):
    """Replaces Oscar's, or builds on an adopter's fork of it: still lazy, a page that shows no basket reads none."""

    def __call__(self, request: Any) -> Any:
        request.basket_keeper = self
        return super().__call__(request)

    def process_response(self, request: Any, response: Any) -> Any:
        if getattr(request, "has_signed_in", False) and self.get_cookie_key(request) in request.COOKIES:
            self.get_basket(request)
        return super().process_response(request, response)

    def signed_in(self, request: Any) -> None:
        """What the guest chose is theirs before this request is answered, whatever page they open next."""
        self._look_again(request)
        request.has_signed_in = True

    def signed_out(self, request: Any) -> None:
        """Whoever uses this browser next finds no basket in it."""
        self._look_again(request)
        key = self.get_cookie_key(request)
        if request.COOKIES.pop(key, None) is not None:
            request.cookies_to_delete.append(key)

    def get_basket(self, request: Any) -> Any:
        """The open basket of this request.

        Parallel requests of one account take turns where a basket is opened or merged. A merge that fails changes
        nothing and stops nobody: the account's own basket is shown, and the other one waits in its cookie.
        """
        if request._basket_cache is not None or not request.user.is_authenticated:
            return super().get_basket(request)
        if self.get_cookie_key(request) not in request.COOKIES and _has_one(request.user):
            return super().get_basket(request)
        to_delete = list(request.cookies_to_delete)
        try:
            with transaction.atomic():
                take_turn_of(request.user)
                self._wait_for_baskets(request)
                self._settle(request.user)
                return super().get_basket(request)
        except Exception:
            logger.exception("Baskets of user %s could not be merged", request.user.pk)
            request.cookies_to_delete[:] = to_delete
            request._basket_cache = self._own_basket(request.user)
            return request._basket_cache

    def apply_offers_to_basket(self, request: Any, basket: Any) -> None:
        """What every line is asked for is read before: two queries, however many lines there are."""
        if basket.pk:
            prefetch_related_objects(
                list(basket.all_lines()), "product__product_class", "product__parent__product_class"
            )
        super().apply_offers_to_basket(request, basket)

    def get_cookie_basket(self, cookie_key: str, request: Any, manager: Any) -> Any:
        basket = super().get_cookie_basket(cookie_key, request, manager)
        if basket is not None:
            basket.strategy = request.strategy
        return basket

    def merge_baskets(self, master: Any, slave: Any) -> None:
        """Take the larger quantity of each line, no more than can be had, and lose no line; the later choice holds."""
        with transaction.atomic():
            if slave.has_strategy:
                go_to_one_place(master, slave)
            touched = set(slave.lines.values_list("line_reference", flat=True))
            super().merge_baskets(master, slave)
            if slave.has_strategy:
                master.strategy = slave.strategy
                cap(master, master.lines.filter(line_reference__in=touched))

    def _look_again(self, request: Any) -> None:
        """Somebody else asks from here on: what was read for whoever asked before is forgotten."""
        request._basket_cache = None
        if isinstance(request.basket, SimpleLazyObject):
            request.basket._wrapped = empty
        request.strategy = get_class("partner.strategy", "Selector")().strategy(request=request, user=request.user)

    def _wait_for_baskets(self, request: Any) -> None:
        """Until nobody changes one of the baskets that may be merged: what is added meanwhile is merged as well.

        All in the order of their numbers, as everybody who changes two of them; they are read after this.
        """
        theirs = Q(owner=request.user, status=Basket.OPEN)
        if key := self._cookie_number(request):
            theirs |= Q(pk=key, owner=None, status=Basket.OPEN)
        list(Basket.objects.select_for_update(no_key=True).filter(theirs).order_by("pk").values_list("pk"))

    def _cookie_number(self, request: Any) -> int | None:
        try:
            return int(Signer().unsign(request.COOKIES.get(self.get_cookie_key(request), "")))
        except (BadSignature, ValueError):
            return None

    def _settle(self, user: Any) -> None:
        """Leave exactly one open basket: the oldest, with what was in the others."""
        baskets = list(Basket.open.filter(owner=user).order_by("pk"))
        for other in baskets[1:]:
            self.merge_baskets(baskets[0], other)
        if not baskets:
            Basket.open.create(owner=user)

    def _own_basket(self, user: Any) -> Any:
        with transaction.atomic():
            take_turn_of(user)
            basket = Basket.open.filter(owner=user).order_by("pk").first() or Basket.open.create(owner=user)
        basket.owner = user
        return basket


def _has_one(user: Any) -> bool:
    return len(Basket.open.filter(owner=user).values_list("pk")[:2]) == 1


def take_turn_of(user: Any) -> None:
    """Wait until nobody else opens or merges baskets of this account."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"basket of user {user.pk}"])
