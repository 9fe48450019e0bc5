"""What the back office's pages about stores have in common: the stores that their reader may see."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils.decorators import method_decorator

from instore.stores.models import Store
from omni_sync.oscar.navigation import StoreOffice


class OwnStores(StoreOffice):
    """A page about the stores of its reader; what it changes is durable, and seen by workers, when it comes back."""

    @method_decorator(transaction.non_atomic_requests)
    def dispatch(self, *args: Any, **kwargs: Any) -> Any:
        return super().dispatch(*args, **kwargs)

    @property
    def stores(self) -> QuerySet[Store]:
        """The stores that the reader may see, with their clock."""
        mine = Store.objects.filter(partner__in=self.places)
        return mine.select_related("partner__location").order_by("partner__name", "pk")

    @property
    def asked_for(self) -> Store | None:
        """The store that the address names, None where it names none. Raises Http404 for one that is not theirs."""
        code = self.request.GET.get("store", "").replace("\x00", "")
        if not code:
            return None
        found = self.stores.filter(partner__code=code).first()
        if found is None:
            raise Http404
        return found
