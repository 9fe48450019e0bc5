"""What stands in the codes that we print."""

from __future__ import annotations

from omni_sync.conf import base_url


def product_link(*, gtin: str, store: str = "") -> str:
    """The GS1 Digital Link of a GTIN of 14 digits at a store, as people read it: ``https://shop/01/0952…?s=menteng``."""
    at = f"?s={store}" if store else ""
    return f"{base_url()}/01/{gtin}{at}"


def symbol_link(*, gtin: str, store: str) -> str:
    """The same link for a symbol: in capitals, digits and ``:/.-`` alone where the store's code has nothing else.

    QR codes keep those characters in eleven bits for two, so that the symbol is smaller (ISO/IEC 18004, alphanumeric).
    """
    return f"{base_url()}/S/{store}/01/{gtin}".upper()
