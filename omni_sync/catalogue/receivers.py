"""Oscar's own forms know one number per product, ``upc``: what is typed there counts. Every save keeps entries true."""

from typing import Any

import structlog
from django.db.models.signals import m2m_changed, post_delete, post_migrate, post_save
from django.dispatch import receiver

from omni_sync.catalogue.entries import rebuild_entries, refresh_categories, refresh_entries
from omni_sync.catalogue.exceptions import InvalidGtin
from omni_sync.catalogue.gtin import normalise
from omni_sync.catalogue.models import Entry, Gtin
from omni_sync.oscar.models import Category, Product, ProductAttributeValue, ProductCategory, StockRecord

log = structlog.get_logger(__name__)


@receiver(post_save, sender=Product, dispatch_uid="omni_sync.catalogue.read_upc")
def read_upc(*, instance: Product, raw: bool = False, **_: object) -> None:
    """A product saved with a valid ``upc`` has that number as its primary GTIN; its other numbers stay.

    A ``upc`` that is no GTIN is a merchant's own code and is left alone, as is one that names another product already.
    """
    if raw or not instance.upc:
        return
    try:
        value = normalise(instance.upc)
    except InvalidGtin:
        return
    known = Gtin.objects.filter(value=value).first()
    if known is not None and known.product_id != instance.pk:
        log.warning("upc names another product", gtin=value, product=instance.pk, other=known.product_id)
    elif known is None or not known.is_primary:
        Gtin.objects.filter(product=instance).update(is_primary=False)
        Gtin.objects.update_or_create(value=value, defaults={"product": instance, "is_primary": True})


@receiver(post_save, sender=Product, dispatch_uid="omni_sync.catalogue.entry_of_product")
def product_saved(*, instance: Product, raw: bool = False, **_: object) -> None:
    """Its entry, and those of its family, say what was saved."""
    if not raw:
        refresh_entries([instance.pk])


@receiver(post_delete, sender=Product, dispatch_uid="omni_sync.catalogue.entry_of_gone")
def product_deleted(*, instance: Product, **_: object) -> None:
    """What is left of the family has another lowest price, and other sizes."""
    if instance.parent_id:
        refresh_entries([instance.parent_id], makes=False)


def part_saved(*, instance: Any, raw: bool = False, **_: object) -> None:
    """A price, an attribute, a place in a category or a description of a product was saved."""
    if not raw:
        refresh_entries([instance.product_id])


def part_deleted(*, instance: Any, **_: object) -> None:
    """The same when it is gone, be it with its product."""
    refresh_entries([instance.product_id], makes=False)


for _part in (StockRecord, ProductAttributeValue, ProductCategory):
    post_save.connect(part_saved, sender=_part, dispatch_uid=f"omni_sync.catalogue.saved.{_part.__name__}")
    post_delete.connect(part_deleted, sender=_part, dispatch_uid=f"omni_sync.catalogue.deleted.{_part.__name__}")
post_save.connect(part_saved, sender=Entry, dispatch_uid="omni_sync.catalogue.saved.Entry")


@receiver(m2m_changed, sender=Product.categories.through, dispatch_uid="omni_sync.catalogue.entry_of_shelf")
def shelf_changed(*, instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **_: object) -> None:
    """Products were put into categories, or taken out, from either side."""
    products: set[int]
    if not reverse:
        products = {instance.pk}
    elif action == "pre_clear":
        instance._cleared = set(instance.product_set.values_list("pk", flat=True))
        return
    else:
        products = pk_set if pk_set is not None else set(getattr(instance, "_cleared", ()))
    if action.startswith("post_"):
        refresh_entries(products)


@receiver([post_save, post_delete], sender=Category, dispatch_uid="omni_sync.catalogue.entry_of_category")
def category_changed(*, instance: Category, raw: bool = False, **_: object) -> None:
    """Its name is searched for, and its place in the tree says what is above a product."""
    if not raw:
        refresh_categories([instance.pk])


@receiver(post_migrate, dispatch_uid="omni_sync.catalogue.fill_entries")
def fill_entries(*, app_config: Any, **_: object) -> None:
    """Products that were there before their entries could be searched, or came by a bulk import, get theirs."""
    if app_config.label == "omni_sync" and Product.objects.filter(entry__style=None).exists():
        rebuild_entries()
