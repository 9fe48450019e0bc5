"""Product pictures in the widths that pages ask for: beside ``tee.jpg`` stand ``tee-400.webp``, ``tee-800.webp`` …"""

import logging
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageOps

from shop.storefront.memory import Edition, Memory

logger = logging.getLogger("shop.pictures")

WIDTHS: Final = (400, 800, 1200)
QUALITY: Final = 82


@dataclass(frozen=True, slots=True)
class Picture:
    """What an ``img`` needs; ``srcset`` is empty for a picture that has one width only."""

    src: str
    srcset: str
    width: int
    height: int


def picture(name: str, edition: Edition) -> Picture | None:
    """The picture that is stored under ``name``; None for no name, and where the file is gone or is no picture."""
    return _pictures.get(name, edition) if name else None


def read_picture(name: str) -> Picture | None:
    """The same, looked up now: for what is remembered as a whole."""
    return _read(name) if name else None


def beside(name: str, width: int) -> str:
    """Where the version of ``name`` that is so many pixels wide is stored."""
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}-{width}.webp"))


def make_widths(name: str) -> list[str]:
    """Write the widths of ``name`` that are missing and not wider than it is; the names of what was written."""
    written = []
    try:
        with default_storage.open(name) as file, Image.open(file) as opened:
            upright = ImageOps.exif_transpose(opened)
            wanted = [width for width in WIDTHS if width <= upright.width]
            for width in (width for width in wanted if not default_storage.exists(beside(name, width))):
                written.append(default_storage.save(beside(name, width), ContentFile(_webp(upright, width))))  # noqa: PERF401
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        logger.warning("the picture %s has no widths: %s", name, error)
    return written


def _webp(whole: Image.Image, width: int) -> bytes:
    height = max(round(whole.height * width / whole.width), 1)
    mode = "RGBA" if "A" in whole.getbands() or "transparency" in whole.info else "RGB"
    target = BytesIO()
    whole.convert(mode).resize((width, height), Image.Resampling.LANCZOS).save(target, "WEBP", quality=QUALITY)
    return target.getvalue()


def _read(name: str) -> Picture | None:
    try:
        with default_storage.open(name) as file, Image.open(file) as opened:
            width, height = ImageOps.exif_transpose(opened).size if opened.getexif() else opened.size
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    there = {w: beside(name, w) for w in WIDTHS if default_storage.exists(beside(name, w))}
    if not there:
        return Picture(default_storage.url(name), "", width, height)
    middle = there.get(800) or there[max(there)]
    srcset = ", ".join(f"{default_storage.url(file)} {w}w" for w, file in there.items())
    return Picture(default_storage.url(middle), srcset, width, height)


_pictures: Final = Memory(_read)
