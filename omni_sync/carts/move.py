"""Lines of a basket go to the records of another place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from omni_sync.carts.exceptions import DifferentCurrencies
from omni_sync.oscar.models import BasketLine

COLUMNS = (
    "stockrecord", "line_reference", "quantity", "price_currency", "price_excl_tax", "price_incl_tax", "tax_code",
    "date_updated",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moved:
    """A line at the place: one unit's price before and now, and whether it can be had in full."""

    line: Any
    before: Decimal | None
    now: Decimal
    currency: str
    available: int | None  # None where nobody counts
    fits: bool

    @property
    def costs_something_else(self) -> bool:
        return self.before is not None and self.before != self.now


@dataclass(frozen=True, slots=True)
class Stays:
    """A line that the place does not carry."""

    line: Any


def move_lines(basket: Any) -> tuple[tuple[Moved, ...], tuple[Stays, ...]]:
    """Take every line to the record that the basket's strategy answers with; those it has none for stay.

    The caller holds the basket's lock. Raises DifferentCurrencies before anything is written.
    """
    lines = _lines(basket)
    infos = {line.pk: _there(basket.strategy, line) for line in lines}
    going = [line for line in lines if infos[line.pk] is not None]
    staying = tuple(Stays(line) for line in lines if infos[line.pk] is None)
    _one_currency([infos[line.pk].price.currency for line in going], [stays.line.price_currency for stays in staying])
    before = {line.pk: _unit_price(basket.strategy.fetch_for_product(line.product, line.stockrecord)) for line in going}
    kept = _merged(basket, going, infos)
    _write(basket, kept, infos)
    wanted: Counter[int] = Counter()
    for line in kept:
        wanted[line.stockrecord_id] += line.quantity
    moved = tuple(_moved(line, infos[line.pk], before[line.pk], wanted[line.stockrecord_id]) for line in kept)
    return moved, staying


def _lines(basket: Any) -> list[Any]:
    rows = basket.lines.select_related(
        "product__product_class", "product__parent__product_class", "stockrecord"
    ).prefetch_related("attributes__option")
    lines = list(rows.order_by("pk"))
    basket.strategy.fetch_records([line.product for line in lines])
    return lines


def _there(strategy: Any, line: Any) -> Any:
    record = strategy.select_stockrecord(line.product)
    info = strategy.fetch_for_product(line.product, record) if record is not None else None
    return info if info is not None and info.price.exists else None


def _one_currency(going: Sequence[str], staying: Sequence[str]) -> None:
    if len({*going, *staying}) > 1:
        raise DifferentCurrencies({*going, *staying})


def _unit_price(info: Any) -> Decimal | None:
    price = info.price
    if not price.exists:
        return None
    amount: Decimal = price.incl_tax if price.is_tax_known else price.excl_tax
    return amount


def _merged(basket: Any, lines: Sequence[Any], infos: dict[int, Any]) -> list[Any]:
    """One line for each reference there will be, the oldest, with the units of all."""
    kept: dict[str, Any] = {}
    gone = []
    for line in lines:
        reference = _reference(basket, line, infos[line.pk].stockrecord)
        known = kept.get(reference)
        if known is None:
            line.line_reference = reference
            kept[reference] = line
        else:
            known.quantity += line.quantity
            gone.append(line.pk)
    if gone:
        basket.lines.filter(pk__in=gone).delete()
    return list(kept.values())


def _reference(basket: Any, line: Any, record: Any) -> str:
    """The line's reference with ``record`` in it, what follows (its options) as it is."""
    if record.pk == line.stockrecord_id:
        return str(line.line_reference)
    options: list[Any] = []
    plain = basket._create_line_reference(line.product, line.stockrecord, options)
    if line.line_reference.startswith(plain):
        rest = line.line_reference.removeprefix(plain)
        return f"{basket._create_line_reference(line.product, record, options)}{rest}"
    options = [{"option": each.option, "value": each.value} for each in line.attributes.all()]
    return str(basket._create_line_reference(line.product, record, options))


def _write(basket: Any, lines: Sequence[Any], infos: dict[int, Any]) -> None:
    now = timezone.now()
    for line in lines:
        info = infos[line.pk]
        line.stockrecord = info.stockrecord
        line.price_currency = info.price.currency
        line.price_excl_tax = info.price.excl_tax
        line.price_incl_tax = info.price.incl_tax if info.price.is_tax_known else None
        line.tax_code = info.price.tax_code
        line.date_updated = now
    BasketLine.objects.bulk_update(lines, COLUMNS)


def _moved(line: Any, info: Any, before: Decimal | None, wanted: int) -> Moved:
    now = _unit_price(info)
    assert now is not None  # a record without a price is none of the place's
    available = getattr(info.availability, "num_available", None)
    fits = bool(info.availability.is_purchase_permitted(wanted)[0])
    return Moved(line, before, now, info.price.currency, available, fits)
