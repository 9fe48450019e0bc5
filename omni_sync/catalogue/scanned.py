"""What a scanner reads off an article, as the number of the article."""

from __future__ import annotations

import re
from typing import Final

from django.db.models import QuerySet

from omni_sync.catalogue.exceptions import InvalidGtin
from omni_sync.catalogue.gtin import normalise
from omni_sync.catalogue.models import Gtin

#: What a scanner puts before the text to say which symbol it was: ``]E0`` EAN-13, ``]Q3`` a GS1 QR (ISO/IEC 15424).
SYMBOLOGY: Final = re.compile(r"^\][A-Za-z][0-9A-Za-z]")
#: An element string begins with AI 01, in brackets where it is written for people (GS1 General Specifications, 7.8).
ELEMENTS: Final = re.compile(r"^(?:\(01\)|01)(?P<gtin>[0-9]{14})", re.ASCII)
#: A GS1 Digital Link has the number after its primary key, in lower or upper case.
LINK: Final = re.compile(r"^https?://[^\s?#]*/01/(?P<gtin>[0-9]{8,14})(?:[/?#]|$)", re.ASCII | re.IGNORECASE)
GROUP_SEPARATORS: Final = "\x1d\u241d"


def gtin_in(said: str) -> str:
    """The GTIN, 14 digits, of an EAN or UPC barcode, a GS1 element string or a GS1 Digital Link.

    Raises InvalidGtin where ``said`` is none of them, or its check digit is wrong.
    """
    text = SYMBOLOGY.sub("", said.strip()).lstrip(GROUP_SEPARATORS)
    found = LINK.match(text) or ELEMENTS.match(text)
    return normalise(found["gtin"] if found else text)


def gtins_said(said: str) -> QuerySet[Gtin]:
    """The row of the GTIN that ``said`` is, as ``gtin_in`` reads it; none where it is no number, or nobody's."""
    try:
        return Gtin.objects.filter(value=gtin_in(said))
    except InvalidGtin:
        return Gtin.objects.none()
