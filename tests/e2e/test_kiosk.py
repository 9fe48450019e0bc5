"""The kiosk in a real browser: found, listed, taken along by a phone, brought by the staff; and nothing remains."""

import os
from types import SimpleNamespace

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from instore.devices.models import Device, Kind
from instore.devices.tokens import COOKIE
from instore.requests.models import Request
from omni_sync.catalogue.entries import rebuild_entries
from omni_sync.lists.models import AnonymousList
from settings.walk.browser import chromium
from tests.e2e.looks import barriers, wide
from tests.e2e.pickups import NO_CLOCK, PHONE, TABLET, by_itself
from tests.instore.places import make_product, make_store, put
from tests.instore.tablet.frames import Symbol, jpeg, seen
from tests.instore.tablets import PIN, make_associate, make_device
from tests.kiosk.station.conftest import clock  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db(transaction=True)
KIOSK = {"viewport": {"width": 1080, "height": 1920}, "has_touch": True, "locale": "en-GB"}
GTIN = "09521234543213"
#: What a browser keeps of a visit beside its pages.
KEPT = """async () => JSON.stringify([
    {...localStorage}, {...sessionStorage}, (await indexedDB.databases()).map(one => one.name),
    await Promise.all((await caches.keys()).map(async name => {
        const kept = await caches.open(name);
        return (await kept.keys()).map(one => one.url);
    })),
])"""
#: As a hand scanner types: into whatever has the focus.
WEDGE = """text => {
    const at = document.activeElement;
    for (const key of [...text, "Enter"]) {
        const goes = at.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
        if (goes && at.matches("input") && key.length === 1) at.value += key;
    }
}"""


@pytest.fixture
def shop(transactional_db, clean_cache):
    store = make_store("menteng")
    tee = make_product("Kawan tee", structure="parent")
    medium = make_product("", parent=tee, size="M", gtin=GTIN)
    large = make_product("", parent=tee, size="L")
    put(medium, store.partner, 9, sku="TEE-M")
    put(large, store.partner, 2, sku="TEE-L")
    rebuild_entries()
    return SimpleNamespace(store=store, tee=tee, medium=medium, sari=make_associate(store))


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


@pytest.fixture
def kiosk(open_page, shop, site):
    """Menteng's, waiting."""
    page = open_page("about:blank", **KIOSK)
    page.context.add_init_script(NO_CLOCK)
    page.context.add_cookies([{"name": COOKIE, "value": make_device(shop.store, kind=Kind.KIOSK)[1], "url": site}])
    page.goto("/kiosk/")
    return page


def look(page):
    """Nothing is wrong with it as it stands, and all of it can be touched and read from afar."""
    found = [*wide(page), *barriers(page)]
    assert not found, found
    small = page.locator("main a, main button, header a, header button").evaluate_all(
        "all => all.filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 64)"
        ".map(one => one.outerHTML)"
    )
    assert not small, small
    tiny = page.locator("body *").evaluate_all(
        "all => all.filter(one => one.checkVisibility() && !one.matches('.unseen, .unseen *')"
        " && [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())"
        " && parseFloat(getComputedStyle(one).fontSize) < 20).map(one => one.outerHTML)"
    )
    assert not tiny, tiny


def begin(kiosk):
    kiosk.get_by_role("button", name="English").tap()
    kiosk.wait_for_url("**/kiosk/start/")


def put_on_list(kiosk):
    kiosk.evaluate(WEDGE, GTIN[1:])
    kiosk.wait_for_url(f"**/product/{GTIN}/")
    kiosk.get_by_role("button", name="Put it on my list").tap()
    expect(kiosk.get_by_text("It is on your list.")).to_be_visible()
    expect(kiosk.locator("#kiosk-head .count")).to_have_text("1")


def assert_nothing_remains(kiosk, *secrets):
    """Neither on the page, nor behind it, nor in what a browser keeps."""
    expect(kiosk.get_by_role("heading", name="Scan or touch")).to_be_visible()
    kept = kiosk.evaluate(KEPT)
    kiosk.go_back()
    behind = ""
    if kiosk.url != "about:blank":
        expect(kiosk.get_by_role("heading", name="Scan or touch")).to_be_visible()
        behind = kiosk.locator("html").inner_html()
    kiosk.goto("/kiosk/list/")
    kiosk.wait_for_url("**/kiosk/")
    kiosk.get_by_role("button", name="English").tap()
    kiosk.wait_for_url("**/kiosk/start/")
    kiosk.locator("#kiosk-head").get_by_role("link", name="My list").tap()
    expect(kiosk.get_by_text("Nothing is on it yet.")).to_be_visible()
    for secret in secrets:
        assert secret not in kept
        assert secret not in behind
        assert secret not in kiosk.content()
    assert {one["name"] for one in kiosk.context.cookies()} <= {COOKIE, "csrftoken", "sessionid"}
    assert "/kiosk/list/" not in kept
    assert "/kiosk/product/" not in kept


def test_a_list_goes_to_a_phone_and_the_kiosk_forgets_it(kiosk, open_page, shop, tmp_path):
    look(kiosk)
    begin(kiosk)
    look(kiosk)
    put_on_list(kiosk)
    look(kiosk)
    kiosk.get_by_role("link", name="Show my list").tap()
    kiosk.get_by_role("button", name="One more Kawan tee").tap()
    expect(kiosk.locator(".kiosk-stepper .number")).to_have_text("2")
    look(kiosk)
    kiosk.get_by_role("button", name="Send it to my phone").tap()
    expect(kiosk.locator(".code-qr svg")).to_be_visible()
    look(kiosk)
    code = kiosk.locator(".code-letters").inner_text()
    kiosk.screenshot(path=tmp_path / "kiosk.png", caret="initial")
    (read,) = zxingcpp.read_barcodes(Image.open(tmp_path / "kiosk.png"))
    phone = open_page("about:blank", **PHONE)
    with by_itself(kiosk):
        phone.goto(read.text)
        expect(phone.get_by_text("Kawan tee").first).to_be_visible()
        phone.get_by_role("button", name="Keep it on this phone").tap()
        expect(phone.get_by_text("The kiosk has forgotten it.")).to_be_visible()
        expect(phone.locator(".thing").get_by_text("2 ")).to_be_visible()
        expect(kiosk.get_by_text("Your phone has the list.")).to_be_visible()
    assert kiosk.locator(".code-letters, .code-qr").count() == 0
    kiosk.locator("main").get_by_role("button", name="Done", exact=True).tap()
    kiosk.wait_for_url("**/kiosk/")
    assert_nothing_remains(kiosk, "Kawan tee, M", code, read.text)
    assert AnonymousList.objects.count() == 1  # the phone's


def test_ninety_seconds_of_stillness_wipe_it(kiosk, shop, clock):  # noqa: F811
    kiosk.clock.install()
    begin(kiosk)
    put_on_list(kiosk)
    kiosk.locator("#kiosk-head").get_by_role("link", name="My list").tap()
    expect(kiosk.locator(".kiosk-thing")).to_be_visible()
    kiosk.clock.run_for(60_000)  # and what really passes comes on top
    assert kiosk.locator("#still").is_hidden()
    kiosk.clock.run_for(16_000)
    expect(kiosk.get_by_role("dialog")).to_be_visible()
    with kiosk.expect_response("**/kiosk/touched/"):  # the page knows, and has said so
        kiosk.get_by_role("button", name="Yes, go on").tap()
    expect(kiosk.get_by_role("dialog")).to_be_hidden()
    kiosk.clock.run_for(76_000)
    expect(kiosk.get_by_role("dialog")).to_be_visible()
    assert AnonymousList.objects.exists()
    kiosk.clock.run_for(15_000)
    kiosk.wait_for_url("**/kiosk/")
    expect(kiosk.get_by_role("heading", name="Scan or touch")).to_be_visible()
    assert not AnonymousList.objects.exists()
    assert_nothing_remains(kiosk, "Kawan tee, M")


def test_who_scans_is_still_there(kiosk, shop, clock):  # noqa: F811
    kiosk.clock.install()
    begin(kiosk)
    put_on_list(kiosk)
    kiosk.clock.run_for(76_000)
    expect(kiosk.get_by_role("dialog")).to_be_visible()
    kiosk.evaluate(WEDGE, f"]E0{GTIN[1:]}")
    kiosk.wait_for_url(f"**/product/{GTIN}/")
    expect(kiosk.get_by_role("dialog")).to_be_hidden()
    kiosk.clock.run_for(60_000)
    assert AnonymousList.objects.exists()


def test_who_touches_and_opens_nothing_is_not_wiped(kiosk, shop, clock):  # noqa: F811
    kiosk.clock.install()
    begin(kiosk)
    put_on_list(kiosk)
    kiosk.locator("#kiosk-head").get_by_role("link", name="My list").tap()
    expect(kiosk.locator(".kiosk-thing")).to_be_visible()
    for _ in range(3):
        kiosk.clock.run_for(60_000)
        clock.pass_by(60)
        with kiosk.expect_response("**/kiosk/touched/") as told:
            kiosk.keyboard.press("Shift")
        assert told.value.status == 204
        with kiosk.expect_response("**/kiosk/touched/") as told:  # a second one soon after is told as soon as it may be
            kiosk.keyboard.press("Shift")
            kiosk.clock.run_for(11_000)
        assert told.value.status == 204
    kiosk.locator("#kiosk-head").get_by_role("link", name="My list").tap()
    expect(kiosk.locator(".kiosk-thing")).to_be_visible()


def test_a_dead_script_keeps_nobody_there(kiosk, shop, clock):  # noqa: F811
    begin(kiosk)
    put_on_list(kiosk)
    for told in ("touched", "alive"):
        kiosk.route(f"**/kiosk/{told}/", lambda _: None)  # it says nothing any more
    clock.pass_by(91)
    kiosk.locator("#kiosk-head").get_by_role("link", name="My list").tap()
    expect(kiosk.get_by_role("heading", name="Scan or touch")).to_be_visible()
    assert not AnonymousList.objects.exists()


def test_what_is_over_is_touched_by_nobody(kiosk, shop):
    kiosk.clock.install()
    begin(kiosk)
    put_on_list(kiosk)
    for word in ("touched", "done"):
        kiosk.route(f"**/kiosk/{word}/", lambda _: None)  # the page stays, and neither is answered
    with kiosk.expect_request("**/kiosk/touched/") as told:
        kiosk.keyboard.press("Shift")
        kiosk.clock.run_for(11_000)
    with kiosk.expect_event("requestfailed", lambda request: request == told.value):
        kiosk.locator("#kiosk-head [action$='/done/']").evaluate("form => form.requestSubmit()")


def test_what_is_asked_for_rings_on_the_tablet_and_its_answer_is_seen(kiosk, open_page, shop, site):
    tablet = open_page("about:blank", **TABLET)
    tablet.context.add_cookies([{"name": COOKIE, "value": make_device(shop.store)[1], "url": site}])
    tablet.goto(f"/staff/?who={shop.sari.pk}")
    tablet.locator("#pin").fill(PIN)
    tablet.locator(".pin-key.go").tap()
    tablet.wait_for_url("**/staff/today/")
    begin(kiosk)
    put_on_list(kiosk)
    kiosk.get_by_role("link", name="Bring it to me").first.tap()
    expect(kiosk.get_by_role("button", name="To the fitting room")).to_be_visible()
    look(kiosk)
    kiosk.get_by_role("button", name="To the fitting room").tap()
    expect(kiosk.get_by_text("The staff know.")).to_be_visible()
    look(kiosk)
    asked = Request.objects.get()
    expect(kiosk.locator(".kiosk-number")).to_have_text(str(asked.number))
    with by_itself(kiosk):
        tablet.goto(f"/staff/requests/{asked.pk}/")
        tablet.get_by_role("button", name="I'm coming").tap()
        expect(kiosk.get_by_text("is on the way.")).to_be_visible()
        tablet.get_by_role("button", name="Done").tap()
        expect(kiosk.get_by_text("Done. Enjoy!")).to_be_visible()


def test_the_camera_reads_an_article(kiosk, shop, film):
    film.write_bytes(3 * jpeg(seen(GTIN[1:], Symbol.EAN13)))
    kiosk.context.grant_permissions(["camera"])
    kiosk.get_by_role("button", name="Scan with the camera").tap()
    kiosk.wait_for_url(f"**/product/{GTIN}/")
    expect(kiosk.get_by_role("heading", name="Kawan tee")).to_be_visible()
    assert not kiosk.evaluate("document.querySelector('video').srcObject")


def test_a_scanner_types_into_no_field_and_people_type_as_always(kiosk, shop):
    begin(kiosk)
    kiosk.locator("#q").press_sequentially("tee", delay=80)
    expect(kiosk.locator("#found .kiosk-card")).to_have_count(1)
    kiosk.locator("#q").focus()
    kiosk.evaluate(WEDGE, f"]E0{GTIN[1:]}")
    kiosk.wait_for_url(f"**/product/{GTIN}/")


def test_a_gap_in_the_network_is_said_and_heals(kiosk, shop, complaints):
    kiosk.evaluate("navigator.serviceWorker.ready")
    kiosk.reload()
    kiosk.wait_for_function("navigator.serviceWorker.controller")
    begin(kiosk)
    put_on_list(kiosk)
    kiosk.context.set_offline(True)
    expect(kiosk.locator("#gap")).to_be_visible()
    kiosk.context.set_offline(False)
    expect(kiosk.locator("#gap")).to_be_hidden()
    expect(kiosk.locator("#kiosk-head .count")).to_have_text("1")
    kiosk.context.set_offline(True)
    kiosk.goto("/kiosk/list/")
    expect(kiosk.locator("h1", has_text="No connection for the moment")).to_be_visible()
    expect(kiosk.locator("section[lang]")).to_have_count(2)
    look(kiosk)
    kiosk.context.set_offline(False)
    kiosk.wait_for_url("**/kiosk/start/")
    kiosk.context.set_offline(True)
    kiosk.evaluate("document.querySelector('#kiosk-head [action$=\"/done/\"]').requestSubmit()")  # before it is known
    expect(kiosk.locator("h1", has_text="No connection for the moment")).to_be_visible()
    kiosk.context.set_offline(False)
    expect(kiosk.get_by_role("heading", name="Scan or touch")).to_be_visible()
    assert not AnonymousList.objects.exists()
    assert all("ERR_INTERNET_DISCONNECTED" in said or "sendError" in said for said in complaints), complaints
    complaints.clear()


def test_a_revoked_kiosk_shows_nothing(kiosk, shop, complaints):
    begin(kiosk)
    put_on_list(kiosk)
    Device.objects.update(revoked_at="2026-01-01T00:00Z")
    kiosk.locator("#kiosk-head").get_by_role("link", name="My list").tap()
    kiosk.wait_for_url("**/staff/enrol/")
    assert "Kawan tee" not in kiosk.content()
    assert not AnonymousList.objects.exists()
    complaints.clear()
