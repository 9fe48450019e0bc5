"""The QR of a receipt in a picture that a phone took."""

from __future__ import annotations

from typing import BinaryIO, Final

import zxingcpp
from PIL import Image, UnidentifiedImageError

from instore.receipts.claims.exceptions import NotAToken

MOST_BYTES: Final = 15_000_000
MOST_PIXELS: Final = 64_000_000
ENOUGH: Final = (1600, 1600)  # pixels to read a QR by
_QR: Final = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])


def text_in_photo(picture: BinaryIO) -> str:
    """What the QR in the JPEG says. Raises NotAToken where none can be read, or before too much is unpacked."""
    try:
        with Image.open(picture, formats=["JPEG"]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise NotAToken
            image.draft("L", ENOUGH)  # a fraction of the pixels is unpacked
            grey = image.convert("L")
    except (Image.DecompressionBombError, UnidentifiedImageError, OSError, SyntaxError):
        raise NotAToken from None
    found = zxingcpp.read_barcodes(grey, formats=_QR, text_mode=zxingcpp.TextMode.Plain)
    if not found:
        raise NotAToken
    return str(found[0].text)
