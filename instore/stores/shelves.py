"""Where goods stand in a store: the word on the shelf, for who looks for them there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from instore.stores.models import Store
from omni_sync.oscar.models import Product

LONGEST: Final = 20  # a GLN's extension, AI 254, has no more characters
#: Of the characters that AI 254 may have those that people write on shelves: ``A-12``, ``2.04/B``.
WORD: Final = r"^[0-9A-Za-z][0-9A-Za-z ./_-]*$"


class ShelfPlaceQuerySet(models.QuerySet["ShelfPlace"]):
    def in_store(self, store: Store) -> Self:
        """The places of one store."""
        return self.filter(store=store)


class ShelfPlace(models.Model):
    """The place of a style, or of one of its sizes, in a store; a size without one stands where its style stands."""

    store = models.ForeignKey(Store, on_delete=models.CASCADE, related_name="shelf_places")
    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="shelf_places")
    place = models.CharField(_("place"), max_length=LONGEST, validators=[RegexValidator(WORD)])

    objects = ShelfPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place on the shelves")
        verbose_name_plural = _("places on the shelves")
        constraints = [
            models.UniqueConstraint(fields=["store", "product"], name="shelf_place_one_per_product"),
            models.CheckConstraint(condition=Q(place__regex=WORD), name="shelf_place_is_a_word"),
        ]
        indexes = [models.Index(fields=["store", "place"], name="shelf_places_of_store")]

    def __str__(self) -> str:
        return self.place


def walking_order(place: str) -> tuple[bool, list[tuple[int, str]]]:
    """A key to sort by along the shelves, ``A-2`` before ``A-10``; what stands nowhere comes last."""
    parts = re.findall(r"[0-9]+|[^0-9]+", place)
    return not place, [(int(part), "") if part.isdecimal() else (0, part.casefold()) for part in parts]


def places_in(store: Store | int, products: Iterable[Product]) -> dict[int, str]:
    """Where each of these products stands in the store, by its key: its own place, else its style's. One query.

    Products that stand nowhere are left out.
    """
    styles = {product.pk: product.parent_id for product in products}
    named = {*styles, *filter(None, styles.values())}
    rows: Any = ShelfPlace.objects.filter(store=store, product__in=named).values_list("product", "place")
    known = dict(rows)
    found = {key: known.get(key) or known.get(style) for key, style in styles.items()}
    return {key: place for key, place in found.items() if place}
