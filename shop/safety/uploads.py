"""Bounds of what comes in as a file: bytes of any, kind and size of pictures. Wagtail's own are in the settings."""

from pathlib import PurePath
from typing import Any, Final

from django.apps import apps
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.core.files.base import File
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

MOST_BYTES: Final = 20 * 1024 * 1024  # of any file
MOST_PICTURE: Final = 10 * 1024 * 1024
MOST_PIXELS: Final = 40_000_000
KINDS: Final = {"AVIF", "GIF", "JPEG", "PNG", "WEBP"}
ENDINGS: Final = {".avif", ".gif", ".jpg", ".jpeg", ".png", ".webp"}

#: Oscar's models are not ours to change; a form that fills them asks their fields' validators.
PICTURES: Final = (("catalogue", "ProductImage", "original"), ("catalogue", "Category", "image"))


class Bounded(FileUploadHandler):
    """Stops reading a file that has more bytes than anybody is asked for: the answer is 400."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.seen += len(raw_data)
        if self.seen > MOST_BYTES:
            raise RequestDataTooBig(f"A file has more than {MOST_BYTES} bytes.")
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler keeps it."""


def bound_pictures() -> None:
    """Have Oscar's picture fields refuse what ``judge_picture`` refuses."""
    for app, model, field in PICTURES:
        validators = apps.get_model(app, model)._meta.get_field(field).validators
        if judge_picture not in validators:
            validators.append(judge_picture)


def judge_picture(file: Any) -> None:
    """Raise ValidationError for a picture that is too heavy, too large or of another kind.

    One that has been stored already is not looked at again.
    """
    if getattr(file, "_committed", False):
        return
    if file.size > MOST_PICTURE:
        raise ValidationError(_("The picture has more than 10 MB."), code="heavy")
    kind, pixels = _look(file)
    if pixels > MOST_PIXELS:
        raise ValidationError(_("The picture has more than 40 million points."), code="large")
    if kind not in KINDS or PurePath(file.name).suffix.lower() not in ENDINGS:
        raise ValidationError(_("Pictures are JPEG, PNG, WebP, AVIF or GIF files."), code="kind")


def _look(file: "File[bytes]") -> tuple[str | None, int]:
    """The kind and the number of points, from its head; no point is worked out."""
    file.seek(0)
    try:
        with Image.open(file.file if file.file is not None else file) as picture:
            return picture.format, picture.width * picture.height
    except Image.DecompressionBombError:
        return None, MOST_PIXELS + 1
    except (UnidentifiedImageError, OSError):
        return None, 0
    finally:
        file.seek(0)
