"""Oscar's own forms know one number per product, ``upc``: what is typed there counts."""

import structlog
from django.db.models.signals import post_save
from django.dispatch import receiver

from omni_sync.catalogue.exceptions import InvalidGtin
from omni_sync.catalogue.gtin import normalise
from omni_sync.catalogue.models import Gtin
from omni_sync.oscar.models import Product

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
