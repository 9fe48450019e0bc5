"""A code in front of the tablet's camera: a real browser that takes a film of ours for what its camera sees."""

import os
import re

import pytest
from playwright.sync_api import expect

from instore.pickup.code import token_of
from instore.staff.models import StaffEvent
from omni_sync.catalogue.identify import set_gtins
from settings.walk.browser import chromium
from tests.e2e import test_tablet as tablets
from tests.e2e.looks import look
from tests.e2e.test_tablet import PHONE, TABLET
from tests.instore.tablet.frames import Symbol, jpeg, seen

basket, order, product, request_of, strategy, shop, collected, pickup, waiting, on_duty = (
    tablets.basket, tablets.order, tablets.product, tablets.request_of, tablets.strategy, tablets.shop,
    tablets.collected, tablets.pickup, tablets.waiting, tablets.on_duty,
)  # fmt: skip
EAN = "9521234500018"
#: Stands in for a browser that reads codes itself; ours does not.
OWN_READER = """
    window.BarcodeDetector = class {
        static async getSupportedFormats() { return ["qr_code", "ean_13", "ean_8", "upc_a", "upc_e"]; }
        async detect(video) { return video.videoWidth ? [{ rawValue: %r }] : []; }
    };
"""


@pytest.fixture
def film(tmp_path):
    return tmp_path / "camera.mjpeg"


@pytest.fixture
def browser(browser, film):
    """A browser whose camera shows the film, once a test has made one."""
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    camera = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}"]
    film.write_bytes(2 * jpeg(seen("https://elsewhere.example/menu/")))
    with browser.browser_type.launch(executable_path=chromium(), args=[*root, *camera]) as running:
        yield running


def show(film, text, symbol=Symbol.QRCode):
    film.write_bytes(3 * jpeg(seen(text, symbol)))


def link_of(pickup):
    return f"https://shop.example/collect/{token_of(pickup)}/"


def allow(page):
    page.context.grant_permissions(["camera"])


def frames_sent(page):
    sent = []
    page.on("request", lambda request: sent.append(request.url) if "/staff/scan/" in request.url else None)
    return sent


@pytest.mark.parametrize("device", [PHONE, TABLET], ids=["390", "820"])
def test_the_shoppers_qr_opens_their_bag(waiting, film, on_duty, device):
    show(film, link_of(waiting))
    page = on_duty(**device)
    allow(page)
    sent = frames_sent(page)
    page.goto("/staff/collect/")
    look(page)
    page.get_by_role("button", name="Scan with the camera").tap()
    page.wait_for_url(f"**/collect/{waiting.order.number}/")
    expect(page.get_by_text("Dewi Ayu Lestari")).to_be_visible()
    assert sent
    assert not StaffEvent.objects.filter(kind="wrong_code").exists()


def test_a_browser_that_reads_codes_itself_sends_no_picture(waiting, film, on_duty):
    page = on_duty(**TABLET)
    allow(page)
    sent = frames_sent(page)
    page.add_init_script(OWN_READER % link_of(waiting))
    page.goto("/staff/collect/")
    page.get_by_role("button", name="Scan with the camera").tap()
    page.wait_for_url(f"**/collect/{waiting.order.number}/")
    assert sent == []


@pytest.mark.parametrize("device", [PHONE, TABLET], ids=["390", "820"])
def test_another_code_costs_no_try_and_typing_remains(waiting, on_duty, device):
    page = on_duty(**device)
    allow(page)
    page.goto("/staff/collect/")
    page.get_by_role("button", name="Scan with the camera").tap()
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_text("That is another code")).to_be_visible()
    look(page)
    sheet.get_by_role("button", name="Type it instead").tap()
    expect(sheet).to_be_hidden()
    expect(page.locator("#code")).to_be_focused()
    assert not page.evaluate("document.querySelector('video').srcObject")
    assert not StaffEvent.objects.filter(kind="wrong_code").exists()


def test_without_leave_to_use_the_camera_it_is_said(waiting, on_duty):
    page = on_duty(**TABLET)
    page.goto("/staff/collect/")
    page.get_by_role("button", name="Scan with the camera").tap()
    expect(page.get_by_text("This browser may not use the camera")).to_be_visible()


def test_without_a_camera_it_is_said(waiting, on_duty):
    page = on_duty(**TABLET)
    page.add_init_script("Object.defineProperty(navigator, 'mediaDevices', { value: undefined })")
    page.goto("/staff/collect/")
    page.get_by_role("button", name="Scan with the camera").tap()
    expect(page.get_by_text("There is no camera to be found")).to_be_visible()


def test_nothing_found_for_a_while_is_said_and_the_camera_goes_off(waiting, film, on_duty):
    film.write_bytes(3 * jpeg(seen("9521234500018", Symbol.EAN13)))
    page = on_duty(**TABLET)
    allow(page)
    page.goto("/staff/collect/")
    page.clock.install()
    page.get_by_role("button", name="Scan with the camera").tap()
    expect(page.get_by_text("Looking for a code")).to_be_visible()
    page.clock.run_for(9_000)
    expect(page.get_by_text("Nothing found yet")).to_be_visible()
    page.clock.run_for(60_000)
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert not page.evaluate("document.querySelector('video').srcObject")


def test_without_a_connection_nothing_is_read_and_that_is_said(waiting, on_duty, complaints):
    page = on_duty(**TABLET)
    allow(page)
    page.goto("/staff/collect/")
    page.context.set_offline(True)
    page.get_by_role("button", name="Scan with the camera").tap()
    expect(page.get_by_text("this browser needs one to read a code")).to_be_visible()
    page.get_by_role("button", name="Type it instead").tap()
    assert all("ERR_INTERNET_DISCONNECTED" in said for said in complaints)
    complaints.clear()


def test_an_article_goes_into_the_bag_and_a_wrong_one_does_not(waiting, film, on_duty, shop, complaints):
    set_gtins(product=shop.tee.product, values=[EAN])
    tablets.pickups.to_picking(waiting)
    show(film, EAN, Symbol.EAN13)
    page = on_duty(**PHONE)
    allow(page)
    page.goto(f"/staff/pickups/{waiting.order.number}/")
    look(page)
    tee = page.locator(".item", has_text="SKU TEE")
    for said in ("1 of 2 in the bag", "2 of 2 in the bag"):
        page.get_by_role("button", name="Scan an article").tap()
        expect(tee.locator(".badge")).to_have_text(said)
        expect(page.get_by_role("dialog")).to_be_hidden()
    page.get_by_role("button", name="Scan an article").tap()
    expect(page.get_by_role("alert")).to_have_text(re.compile("At most 2 make sense"))
    page.locator("#article").fill("9521234500025")
    page.keyboard.press("Enter")  # as a scanner ends
    expect(page.get_by_role("alert")).to_have_text(re.compile("No article of this order"))
    assert ["409" in complaints.pop() for _ in range(2)] == [True, True]
