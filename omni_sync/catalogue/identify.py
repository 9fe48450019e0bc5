"""Saying which product is which: its numbers, its size and its colour."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from omni_sync.catalogue.exceptions import GtinTaken
from omni_sync.catalogue.gtin import normalise
from omni_sync.catalogue.models import Entry, Gtin

if TYPE_CHECKING:
    from omni_sync.oscar.models import Product


@transaction.atomic
def set_gtins(*, product: "Product", values: Sequence[str]) -> list[Gtin]:
    """Make ``values`` the numbers of ``product``, the first its primary one, which Oscar's ``upc`` then mirrors.

    Numbers it had and that are not among them no longer name it. Repeats are taken once; no values leave it without a
    number. Raises InvalidGtin, and GtinTaken when a number names another product; then nothing has changed.
    """
    wanted = list(dict.fromkeys(normalise(value) for value in values))
    for taken in Gtin.objects.filter(value__in=wanted).exclude(product=product):
        raise GtinTaken(taken.value, taken.product_id)
    numbers = Gtin.objects.filter(product=product)
    numbers.exclude(value__in=wanted).delete()
    numbers.exclude(value__in=wanted[:1]).update(is_primary=False)
    Gtin.objects.bulk_create(
        [Gtin(product=product, value=value, is_primary=not place) for place, value in enumerate(wanted)],
        update_conflicts=True,
        unique_fields=["value"],
        update_fields=["is_primary"],
    )
    _mirror(product, wanted[0] if wanted else None)
    found = {number.value: number for number in numbers}
    return [found[value] for value in wanted]


def _mirror(product: "Product", first: str | None) -> None:
    if (product.upc or None) != first:
        product.upc = first
        type(product)._default_manager.filter(pk=product.pk).update(upc=first)


@transaction.atomic
def describe(*, product: "Product", size: str = "", size_system: str = "", colour: str = "") -> Entry:
    """Write down the size of ``product`` (in ``size_system``: "EU", "SML" …) and its colour; blank is "has none"."""
    entry, _ = Entry.objects.update_or_create(
        product=product, defaults={"size": size, "size_system": size_system, "colour": colour}
    )
    return entry
