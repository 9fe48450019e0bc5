"""What stands in the codes that we print, and where they lead."""

from __future__ import annotations

from urllib.parse import quote

from django.urls import NoReverseMatch, reverse

from omni_sync.conf import base_url, store_page_name


def product_link(*, gtin: str, store: str = "") -> str:
    """The GS1 Digital Link of a GTIN of 14 digits at a store, as people read it: ``https://shop/01/0952…?s=menteng``."""
    at = f"?s={store}" if store else ""
    return f"{base_url()}/01/{gtin}{at}"


def symbol_link(*, gtin: str, store: str) -> str:
    """The same link for a symbol: in capitals, digits and ``:/.-`` alone where the store's code has nothing else.

    QR codes keep those characters in eleven bits for two, so that the symbol is smaller (ISO/IEC 18004, alphanumeric).
    """
    return f"{base_url()}/S/{store}/01/{gtin}".upper()


def product_page(gtin: str) -> str:
    """What a shopper sees who has scanned it: light, with this store's price and stock."""
    return reverse("shelf:product", kwargs={"gtin": gtin})


def kiosk_page(gtin: str) -> str:
    """The same on a kiosk."""
    return reverse("kiosk:product", kwargs={"number": gtin})


def staff_page(gtin: str) -> str:
    """What staff see of it on their tablet."""
    return reverse("staff:product", kwargs={"gtin": gtin})


def shelf_page(store: str, place: str = "") -> str:
    """What stands in the store, or at one place of it."""
    at = reverse("shelf:store", kwargs={"store": store})
    return at + (f"{quote(place, safe='')}/" if place else "")  # a slash in it is no end of it


def store_page(store: str) -> str:
    """The store's public page where the shop has one, in the reader's language; else what stands in it."""
    try:
        return reverse(store_page_name(), kwargs={"code": store})
    except NoReverseMatch:
        return shelf_page(store)
