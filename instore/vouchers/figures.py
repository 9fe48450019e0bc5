"""What each store issued, and what was spent there: two queries, however many stores."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Sum

from instore.vouchers.models import CreditVoucher, VoucherEntry

ZERO = Decimal(0)


@dataclass(slots=True)
class OfStore:
    """In one currency. ``open`` is what is owed for the vouchers that were issued there."""

    sums: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    open: Decimal = ZERO

    @property
    def issued(self) -> Decimal:
        return self.sums["issued"]

    @property
    def spent(self) -> Decimal:
        return -self.sums["spent"]

    @property
    def back(self) -> Decimal:
        return self.sums["back"]

    @property
    def voided(self) -> Decimal:
        return -self.sums["voided"]

    @property
    def short(self) -> Decimal:
        """What tills took that was not there."""
        return self.sums["short"]


def figures(store_ids: Collection[int]) -> dict[tuple[int, str], OfStore]:
    """By store and currency."""
    found: dict[tuple[int, str], OfStore] = defaultdict(OfStore)
    entries = VoucherEntry.objects.filter(store__in=store_ids).order_by().values("store", "voucher__currency", "kind")
    for row in entries.annotate(total=Sum("amount"), missing=Sum("short")):
        sums = found[row["store"], row["voucher__currency"]].sums
        sums[row["kind"]] += row["total"]
        sums["short"] += row["missing"]
    owed = CreditVoucher.objects.good().filter(store__in=store_ids, balance__gt=0).order_by()
    for store, currency, total in owed.values_list("store", "currency").annotate(Sum("balance")):
        found[store, currency].open = total
    return dict(found)
