"""Who sees the kiosk: an enrolled one alone, and of a visit nobody but its visitor."""

import pytest
from django.test import Client

from instore.devices.invite import invite
from instore.devices.models import Device, Kind
from instore.devices.revoke import revoke
from instore.devices.tokens import COOKIE
from omni_sync.lists.models import AnonymousList
from tests.instore.tablets import make_device, make_manager, read, tablet_of
from tests.kiosk.station.conftest import kiosk_of, listed

pytestmark = pytest.mark.django_db


def put(kiosk, product):
    return kiosk.post(f"/kiosk/product/{product.pk}/list/", follow=True)


def test_a_browser_of_nobodys_is_sent_to_enrol(shop):
    assert Client().get("/kiosk/").url == "/staff/enrol/"
    assert Client().post("/kiosk/begin/").status_code == 401
    assert Client().get("/kiosk/list/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == "/staff/enrol/"


def test_a_code_for_a_kiosk_ends_at_the_kiosk(shop):
    browser = Client()
    code = invite(store=shop.store, kind=Kind.KIOSK, name="Door", by=make_manager()).code
    answer = browser.post("/staff/enrol/", {"code": code})
    assert answer.url == "/kiosk/"
    assert "Scan or touch" in read(browser.get("/kiosk/"))
    assert "Open the kiosk" in read(browser.get("/staff/enrol/"))


def test_a_tablet_is_no_kiosk(shop):
    tablet = tablet_of(make_device(shop.store)[1])
    assert "This is not a kiosk" in read(tablet.get("/kiosk/"), status=403)


def test_a_revoked_kiosk_is_wiped(shop, kiosk):
    put(kiosk, shop.m)
    device = Device.objects.get(kind=Kind.KIOSK)
    revoke(device=device, by=make_manager())
    answer = kiosk.get("/kiosk/list/")
    assert answer.url == "/staff/enrol/"
    assert not AnonymousList.objects.exists()
    assert "lintas_kiosk" not in kiosk.session
    assert "was enrolled" in read(kiosk.get("/staff/enrol/")) or kiosk.get("/staff/enrol/").status_code == 200


def test_without_a_touch_there_is_nothing_to_see(shop, waiting):
    for path in ("start/", "list/", "search/", f"product/{shop.m.pk}/", "list/given/", "ask/", "asked/"):
        assert waiting.get(f"/kiosk/{path}").url == "/kiosk/", path
    assert waiting.post(f"/kiosk/product/{shop.m.pk}/list/").url == "/kiosk/"
    assert not AnonymousList.objects.exists()


def test_the_language_is_the_visitors_and_goes_with_them(shop, waiting):
    waiting.post("/kiosk/begin/", {"language": "id"})
    assert waiting.get("/kiosk/start/").headers["Content-Language"] == "id"
    waiting.post("/kiosk/done/")
    assert waiting.get("/kiosk/").headers["Content-Language"] == "en"
    waiting.post("/kiosk/begin/", {"language": "xx"})
    assert waiting.get("/kiosk/start/").headers["Content-Language"] == "en"


def test_ninety_seconds_of_stillness_end_it(shop, kiosk, clock):
    put(kiosk, shop.m)
    clock.pass_by(86)
    assert listed(kiosk) == [("Kawan tee", 1)]
    clock.pass_by(91)
    assert kiosk.get("/kiosk/list/").url == "/kiosk/"
    assert not AnonymousList.objects.exists()
    kiosk.post("/kiosk/begin/", {"language": "en"})
    assert listed(kiosk) == []


def test_a_page_that_reads_itself_again_keeps_nobody_there(shop, kiosk, clock):
    for _ in range(4):
        clock.pass_by(25)
        answer = kiosk.get("/kiosk/list/", headers={"Lintas-Untapped": "1", "HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == "/kiosk/"


def test_who_reads_without_touching_a_link_is_there(shop, kiosk, clock):
    for _ in range(4):
        clock.pass_by(60)
        assert kiosk.post("/kiosk/touched/").status_code == 204
    clock.pass_by(91)
    assert kiosk.post("/kiosk/touched/").status_code == 409


def test_a_script_from_before_says_untapped_and_means_a_touch(shop, kiosk, clock):
    for _ in range(3):
        clock.pass_by(60)
        assert kiosk.post("/kiosk/touched/", headers={"Lintas-Untapped": "1"}).status_code == 204


def test_a_shopper_who_comes_by_a_link_stays_who_they_are(shop, db):
    browser = Client()
    browser.force_login(make_manager())
    browser.cookies["oscar_open_basket"] = "theirs"
    before = browser.cookies["sessionid"].value
    for answer in (browser.get("/kiosk/"), browser.get("/kiosk/list/"), browser.post("/kiosk/done/")):
        assert not answer.cookies
    assert browser.cookies["sessionid"].value == before
    assert "_auth_user_id" in browser.session


def test_what_carries_a_token_that_nobody_knows_is_wiped(shop):
    browser = Client()
    browser.force_login(make_manager())
    browser.cookies[COOKIE] = "unknown"
    assert browser.get("/kiosk/").url == "/staff/enrol/"
    assert "_auth_user_id" not in browser.session


def test_done_leaves_nothing_but_the_device(shop, kiosk):
    put(kiosk, shop.m)
    before = kiosk.cookies["sessionid"].value
    answer = kiosk.post("/kiosk/done/")
    assert answer.url == "/kiosk/"
    assert not AnonymousList.objects.exists()
    assert {name for name, kept in kiosk.cookies.items() if kept.value} == {COOKIE}
    kiosk.cookies["sessionid"] = before
    assert kiosk.get("/kiosk/list/").url == "/kiosk/"


def test_no_page_of_it_is_kept_by_a_cache(shop, kiosk):
    for path in ("start/", "list/", f"product/{shop.m.pk}/", "search/"):
        assert "no-store" in kiosk.get(f"/kiosk/{path}").headers["Cache-Control"]


def test_two_kiosks_know_nothing_of_each_other(shop, kiosk):
    put(kiosk, shop.m)
    other = kiosk_of(shop.store, name="By the till")
    other.post("/kiosk/begin/", {"language": "en"})
    assert listed(other) == []
    assert listed(kiosk) == [("Kawan tee", 1)]


def test_the_camera_is_allowed_there(shop, waiting):
    assert "camera=(self)" in waiting.get("/kiosk/").headers["Permissions-Policy"]
