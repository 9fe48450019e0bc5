"""Which stock record answers for a product, and how many of it this shopper may buy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.functional import cached_property

from omni_sync.carts.models import Fulfilment
from omni_sync.oscar.elsewhere import not_there
from omni_sync.oscar.loader import lay
from omni_sync.oscar.models import StockRecord
from omni_sync.oscar.own import own_choice, own_holds
from omni_sync.oscar.pricing import in_whole_units
from omni_sync.stock.models import Location

if TYPE_CHECKING:
    from oscar.apps.partner.strategy import Selector, Structured
else:
    Selector = Structured = object


class FulfillingSelector(Selector):
    """Gives the shop's own strategy our choice of place; its prices and taxes stay its own, in whole units."""

    def strategy(self, request: Any = None, user: Any = None, **kwargs: Any) -> Any:
        ours: Any = copy(super().strategy(request=request, user=user, **kwargs))
        ours.__class__ = lay(FulfillingStrategy, type(ours))
        ours.shopper = request
        return ours


class FulfillingStrategy(Structured):
    """Answers for the fulfilling place, with what is promised to this shopper counted as available to them."""

    shopper: Any = None
    _pinned: Any = None

    def select_stockrecord(self, product: Any) -> Any:
        """The record of the place that this shopper chose; None where it does not carry ``product``.

        While nothing is chosen: of the place that fulfils web orders; without one, of the place that has the most of
        it. Ties go to the lowest id. Prefetched stock records are used as they are.
        """
        if self._pinned is not None and self._pinned.product_id == product.pk:
            return self._pinned
        records = list(product.stockrecords.all())
        if self.place.is_chosen:
            records = [record for record in records if self.is_there(record)]
        if len(records) <= 1:
            return next(iter(records), None)
        online = [record for record in records if record.partner_id in self._online]
        if online and not self.place.is_collected:
            return min(online, key=lambda record: (record.partner_id, record.pk))
        return min(records, key=lambda record: (-self._available(record), record.pk), default=None)

    def is_there(self, record: Any) -> bool:
        """Whether ``record`` is one of the place that was chosen; any is while nothing is."""
        if self.place.is_collected:
            return bool(record.partner_id == self.place.partner_id)
        return not self.place.is_delivered or not self._online or record.partner_id in self._online

    def fetch_records(self, products: Sequence[Any]) -> None:
        """Read the stock records of ``products`` that may answer: one query, however many places there are."""
        records = StockRecord.objects.order_by("pk")
        if self.place.is_collected:
            records = records.filter(partner=self.place.partner_id)
        elif self.place.is_delivered and self._online:
            records = records.filter(partner__in=self._online)
        prefetch_related_objects(products, Prefetch("stockrecords", queryset=records))

    def select_children_stockrecords(self, product: Any) -> Any:
        """Every child with its record, without a query for each: also where the children came without their records."""
        children = product.get_public_children()
        if isinstance(children, list):
            prefetch_related_objects(children, "stockrecords")
        return super().select_children_stockrecords(product)

    def pricing_policy(self, product: Any, stockrecord: Any) -> Any:
        """The shop's own price and tax, to the smallest coin."""
        return in_whole_units(super().pricing_policy(product, stockrecord))

    def parent_pricing_policy(self, product: Any, children_stock: Any) -> Any:
        """The shop's own price and tax, to the smallest coin."""
        return in_whole_units(super().parent_pricing_policy(product, children_stock))

    def availability_policy(self, product: Any, stockrecord: Any) -> Any:
        """The shop's own policy; where it counts units, this shopper's own promise is among them."""
        policy = super().availability_policy(product, stockrecord)
        if stockrecord is None or not hasattr(policy, "num_available"):
            return policy
        own: Any = copy(policy)
        own.num_available = max(policy.num_available, 0) + self._own[stockrecord.pk]
        return own

    def fetch_for_line(self, line: Any, stockrecord: Any = None) -> Any:
        """A basket line answers for the record it was put in with: that one will be promised, priced and shipped."""
        record = stockrecord or line.stockrecord
        with self._pin(record):
            info = super().fetch_for_line(line, stockrecord)
        return info if self.is_there(record) else info._replace(availability=not_there(self.place))

    @cached_property
    def place(self) -> Fulfilment:
        """What this shopper chose for the basket; one query, none for a stranger."""
        return own_choice(self.shopper) if self.shopper is not None else Fulfilment()

    @contextmanager
    def answering_for(self, place: Fulfilment) -> Iterator[None]:
        """Answer as if ``place`` had been chosen."""
        before = self.__dict__.get("place")
        self.__dict__["place"] = place
        try:
            yield
        finally:
            self.forget_place()
            if before is not None:
                self.__dict__["place"] = before

    def forget_place(self) -> None:
        """Look again: the choice has just changed."""
        self.__dict__.pop("place", None)

    def forget_own_holds(self) -> None:
        """Look again: this shopper's promises have just changed."""
        self.__dict__.pop("_own", None)

    def _available(self, record: Any) -> int:
        return max(int(record.net_stock_level), 0) + self._own[record.pk]

    @contextmanager
    def _pin(self, record: Any) -> Iterator[None]:
        before, self._pinned = self._pinned, record
        try:
            yield
        finally:
            self._pinned = before

    @cached_property
    def _own(self) -> Counter[int]:
        return own_holds(self.shopper) if self.shopper is not None else Counter()

    @cached_property
    def _online(self) -> Sequence[int]:
        return list(Location.objects.filter(sells_online=True).values_list("partner_id", flat=True))
