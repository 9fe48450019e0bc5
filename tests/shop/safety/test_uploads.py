"""What editors upload is a picture of a sane size, or refused with a reason."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from omni_sync.oscar.models import Category
from shop.safety import uploads
from shop.safety.uploads import judge_picture
from tests.instore.places import make_product


def picture(name="tee.png", kind="PNG", size=(4, 4)):
    file = BytesIO()
    Image.new("RGB", size).save(file, kind)
    return SimpleUploadedFile(name, file.getvalue())


def claims_to_be_huge():
    """A PNG of a few bytes whose head says 60,000 by 60,000."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunks = b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in ((b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    )
    return SimpleUploadedFile("bomb.png", b"\x89PNG\r\n\x1a\n" + chunks)


def heavy():
    file = picture()
    file.size = uploads.MOST_PICTURE + 1
    return file


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (heavy, "heavy"),
        (claims_to_be_huge, "large"),
        (lambda: SimpleUploadedFile("tee.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "kind"),
        (lambda: picture("tee.html"), "kind"),
        (lambda: picture("tee.bmp", "BMP"), "kind"),
        (lambda: picture(size=(8001, 5001)), "large"),
    ],
)
def test_a_picture_that_is_none_is_refused(make, code):
    with pytest.raises(ValidationError) as refusal:
        judge_picture(make())
    assert refusal.value.code == code


@pytest.mark.parametrize(("name", "kind"), [("a.png", "PNG"), ("a.JPG", "JPEG"), ("a.webp", "WEBP"), ("a.gif", "GIF")])
def test_a_picture_is_let_in(name, kind):
    judge_picture(picture(name, kind))


@pytest.mark.django_db
def test_the_dashboard_says_why_it_refuses(admin_client):
    sent = {"name": "Shoes", "image": picture("tee.bmp", "BMP"), "_child": "", "_position": "first-child"}
    response = admin_client.post("/dashboard/catalogue/categories/create/", sent)
    assert "Pictures are JPEG, PNG, WebP, AVIF or GIF files." in response.content.decode()
    assert not Category.objects.exists()


@pytest.mark.django_db
def test_a_file_that_is_too_large_is_not_read_to_its_end(admin_client, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_BYTES", 100_000)
    product = make_product("Tee")
    large = SimpleUploadedFile("tee.png", b"x" * 100_001)
    response = admin_client.post(f"/dashboard/catalogue/products/{product.pk}/", {"images-0-original": large})
    assert response.status_code == 400
    assert "too large" in response.content.decode()
