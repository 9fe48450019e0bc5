"""A frame of a device's camera, for browsers that can't read codes themselves."""

from __future__ import annotations

import io
from typing import Final

import zxingcpp
from PIL import Image, UnidentifiedImageError

MOST_BYTES: Final = 200_000
END: Final = b"\xff\xd9"  # of a JPEG (ITU-T T.81, B.1.1.3)
MOST_PIXELS: Final = 1600 * 1200


class NotAPicture(ValueError):
    """These bytes are no JPEG that can be read to its end."""


class TooLarge(ValueError):
    """More bytes or more pixels than a frame of ours has."""


def text_in(picture: bytes, *, formats: zxingcpp.BarcodeFormats) -> str:
    """The text of a code in the JPEG ``picture``, as it was printed; empty where none is found.

    Raises TooLarge before a pixel is unpacked, or NotAPicture.
    """
    if len(picture) > MOST_BYTES:
        raise TooLarge
    if not picture.rstrip(b"\0").endswith(END):  # Pillow looks over it where WeasyPrint was imported
        raise NotAPicture
    found = zxingcpp.read_barcodes(_grey(picture), formats=formats, text_mode=zxingcpp.TextMode.Plain)
    return next((code.text for code in found if code.text), "")


def _grey(picture: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(picture), formats=["JPEG"]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise TooLarge
            return image.convert("L")
    except Image.DecompressionBombError:
        raise TooLarge from None
    except (UnidentifiedImageError, OSError, SyntaxError):
        raise NotAPicture from None
