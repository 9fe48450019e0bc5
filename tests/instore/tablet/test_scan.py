"""The camera without a detector of its own: frames in, texts out, and no more than is good for a server."""

import io
import os

import pytest
from django.test import Client
from PIL import Image

from instore.devices import frame
from instore.devices.models import Kind
from instore.pickup.code import token_of
from instore.pickup.models import State
from instore.tablet import scan
from instore.tablet.whose import WANTED
from tests.e2e.looks import misshapen
from tests.instore.pickup.conftest import bring
from tests.instore.tablet.conftest import page_of
from tests.instore.tablet.frames import Symbol, jpeg, seen
from tests.instore.tablets import make_device, tablet_of

pytestmark = pytest.mark.django_db
BAG, ARTICLE = "/staff/scan/?of=bag", "/staff/scan/?of=article"


def send(tablet, picture, to=BAG, content_type="image/jpeg"):
    return tablet.post(to, picture, content_type=content_type)


def test_the_link_in_a_shoppers_qr_is_read(on_duty, pickup):
    link = f"https://shop.example/id/collect/{token_of(pickup)}/"
    answer = send(on_duty, jpeg(seen(link)))
    assert (answer.status_code, answer.content.decode()) == (200, link)
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("text", "symbol", "read", "how"),
    [
        ("9521234500018", Symbol.EAN13, "9521234500018", {}),
        ("https://id.gs1.org/01/09521234500018", Symbol.QRCode, "https://id.gs1.org/01/09521234500018", {}),
        ("(01)09521234500018(10)L1", Symbol.DataMatrix, "010952123450001810L1", {"gs1": True}),
    ],
)
def test_the_number_on_an_article_is_read(on_duty, text, symbol, read, how):
    assert send(on_duty, jpeg(seen(text, symbol, **how)), ARTICLE).content.decode() == read


def test_goods_beside_a_phone_are_not_taken_for_a_code(on_duty):
    assert send(on_duty, jpeg(seen("9521234500018", Symbol.EAN13))).status_code == 204


def test_nothing_to_see_is_said_shortly(on_duty):
    answer = send(on_duty, jpeg(Image.new("RGB", (640, 480), "grey")))
    assert (answer.status_code, answer.content) == (204, b"")


def test_more_than_a_frame_is_refused(on_duty):
    assert send(on_duty, os.urandom(frame.MOST_BYTES + 1)).status_code == 413
    large = jpeg(Image.new("L", (1601, 1200)), quality=10)
    assert len(large) < frame.MOST_BYTES
    assert send(on_duty, large).status_code == 413


def test_what_is_no_jpeg_is_refused(on_duty):
    whole = jpeg(seen("9521234500018", Symbol.EAN13))
    png = io.BytesIO()
    Image.new("L", (64, 64)).save(png, "PNG")
    for picture in (b"", b"\xff\xd8\xff", b"not a picture", whole[: len(whole) // 2], png.getvalue()):
        assert send(on_duty, picture).status_code == 415, picture[:20]
    assert send(on_duty, whole, content_type="application/x-www-form-urlencoded").status_code == 415


def test_it_is_there_for_staff_alone(on_duty, shop):
    picture = jpeg(seen("9521234500018", Symbol.EAN13))
    locked, kiosk = (tablet_of(make_device(shop.store, name=kind, kind=kind)[1]) for kind in (Kind.TABLET, Kind.KIOSK))
    assert send(Client(), picture).status_code == send(locked, picture).status_code == 401
    assert send(kiosk, picture).status_code == 403
    assert on_duty.get(BAG).status_code == 405
    assert send(on_duty, picture, "/staff/scan/").status_code == 404
    strict = tablet_of("", enforce_csrf_checks=True)
    strict.cookies = on_duty.cookies
    assert send(strict, picture).status_code == 403


def test_a_tablet_sends_no_more_than_a_camera_needs(on_duty, monkeypatch):
    monkeypatch.setattr(scan.FRAMES, "most", 2)
    picture = jpeg(Image.new("L", (64, 64)))
    assert [send(on_duty, picture).status_code for _ in range(3)] == [204, 204, 429]
    assert int(send(on_duty, picture).headers["Retry-After"]) <= 60


def test_the_pages_offer_the_camera_where_there_is_something_to_scan(on_duty, pickup):
    counter = on_duty.get("/staff/collect/")
    assert 'data-scan="code"' in counter.content.decode()
    assert "camera=(self)" in counter.headers["Permissions-Policy"]
    assert WANTED in counter.content.decode()
    assert 'data-scan="' not in on_duty.get(page_of(pickup)).content.decode()
    bring(pickup, State.PICKING)
    picking = on_duty.get(page_of(pickup)).content.decode()
    assert 'data-scan="article"' in picking
    assert [*misshapen(picking), *misshapen(counter.content.decode())] == []
