"""What a scanner reads off an article, as the number of the article."""

from __future__ import annotations

from django.db.models import QuerySet

from omni_sync.catalogue.exceptions import InvalidGtin
from omni_sync.catalogue.gtin import normalise
from omni_sync.catalogue.models import Gtin
from omni_sync.gs1.said import Item, read


def gtin_in(said: str) -> str:
    """The GTIN, 14 digits, of an EAN or UPC barcode, a GS1 element string or a GS1 Digital Link.

    Raises InvalidGtin where ``said`` is none of them, or its check digit is wrong.
    """
    found = read(said)
    return found.gtin if isinstance(found, Item) else normalise(said)


def gtins_said(said: str) -> QuerySet[Gtin]:
    """The row of the GTIN that ``said`` is, as ``gtin_in`` reads it; none where it is no number, or nobody's."""
    try:
        return Gtin.objects.filter(value=gtin_in(said))
    except InvalidGtin:
        return Gtin.objects.none()
