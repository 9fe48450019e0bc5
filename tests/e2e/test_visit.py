"""A basket between a shopper's phone, without an account, and the store's tablet; then the tablet knows nothing."""

import pytest
from playwright.sync_api import expect

from instore.devices.tokens import COOKIE
from omni_sync.stock.audit import audit
from tests.e2e.looks import look
from tests.e2e.pickups import TABLET, bank, by_itself, phone, shop, tablet, told_only  # noqa: F401 - fixtures
from tests.instore.tablets import PIN, make_associate, make_device

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_tablet_fills_it_the_phone_takes_it_and_gives_it_back(phone, tablet, shop):  # noqa: F811
    tablet.get_by_role("link", name="A shopper's basket").tap()
    for units in (1, 2):
        tablet.locator("#article").fill("TEE")
        tablet.locator("#article").press("Enter")
        expect(tablet.locator(".stepper .number")).to_have_text(str(units))
    look(tablet)
    tablet.get_by_role("button", name="Hand it to a phone").tap()
    expect(tablet.locator(".code-qr svg")).to_be_visible()
    code = tablet.locator(".code-letters").inner_text()
    look(tablet)
    with by_itself(tablet):
        phone.goto("/h/")
        phone.locator("#code").fill(code)
        phone.get_by_role("button", name="Show the basket").tap()
        phone.get_by_role("button", name="Take it over to this device").tap()
        expect(phone.get_by_text("There are 2 items in it.")).to_be_visible()
        expect(tablet.get_by_text("this tablet has forgotten it")).to_be_visible()
        assert tablet.locator(".code-letters").count() == 0

    phone.goto("/basket/")
    expect(phone.locator("[name=form-0-quantity]").first).to_have_value("2")
    phone.get_by_role("button", name="Continue on another device").tap()
    code = phone.locator(".code-letters").inner_text()
    tablet.goto("/staff/basket/receive/")
    tablet.locator("#code").fill(code)
    with by_itself(phone):
        tablet.get_by_role("button", name="Show the basket").tap()
        expect(tablet.get_by_role("button", name="Take it over to this tablet")).to_be_visible()
        look(tablet)
        tablet.get_by_role("button", name="Take it over to this tablet").tap()
        expect(tablet.locator(".stepper .number")).to_have_text("2")
        expect(phone.get_by_text("The other device has your basket now.")).to_be_visible()
    assert audit()["violations"] == []


def test_after_locking_the_back_button_storage_and_the_next_associate_show_nothing(open_page, site, shop, complaints):  # noqa: F811
    page = told_only(open_page("about:blank", **TABLET))
    page.context.add_cookies([{"name": COOKIE, "value": make_device(shop.store)[1], "url": site}])
    sign_in(page, shop.sari.pk)
    page.goto("/staff/basket/")
    page.locator("#article").fill("TEE")
    page.locator("#article").press("Enter")
    expect(page.get_by_text("Kawan tee").first).to_be_visible()
    page.get_by_role("button", name="Hand it to a phone").tap()
    code = page.locator(".code-letters").inner_text()
    page.get_by_role("button", name="Lock this tablet").tap()
    page.wait_for_url("**/staff/")
    page.go_back()
    expect(page.locator("#pin, .staff-names").first).to_be_visible()
    assert [said for said in complaints if "401" not in said] == []
    complaints.clear()  # the page that was gone back to is refused, and the browser says so
    for secret in ("Kawan tee", code):
        assert secret not in page.content()
    kept = page.evaluate(
        """async () => JSON.stringify([{...localStorage}, {...sessionStorage}, await caches.keys(),
            (await indexedDB.databases()).map(one => one.name)])"""
    )
    assert "Kawan" not in kept
    assert code not in kept
    sign_in(page, make_associate(shop.store, "Dewi").pk)
    page.goto("/staff/basket/")
    expect(page.get_by_text("Nothing in it yet.")).to_be_visible()
    page.goto("/basket/")
    assert "Kawan tee" not in page.content()


def test_after_ninety_seconds_without_a_tap_the_basket_is_gone_and_who_is_there_keeps_it(open_page, site, shop):  # noqa: F811
    page = told_only(open_page("about:blank", **TABLET))
    page.clock.install()
    page.context.add_cookies([{"name": COOKIE, "value": make_device(shop.store)[1], "url": site}])
    sign_in(page, shop.sari.pk)
    page.goto("/staff/basket/")
    page.locator("#article").fill("TEE")
    page.locator("#article").press("Enter")
    expect(page.get_by_text("Kawan tee").first).to_be_visible()
    asked = page.get_by_role("dialog", name="Still with the shopper?")
    page.clock.run_for(60_000)  # and what really passes comes on top
    expect(asked).to_be_hidden()
    page.clock.run_for(16_000)
    expect(asked).to_be_visible()
    look(page)
    with page.expect_response("**/staff/still/"):  # the page knows, and has said so
        page.get_by_role("button", name="Yes, still here").tap()
    expect(asked).to_be_hidden()
    page.clock.run_for(60_000)
    expect(page.get_by_text("Kawan tee").first).to_be_visible()
    page.clock.run_for(31_000)
    page.wait_for_url("**/staff/today/")
    page.go_back()
    assert "Kawan tee" not in page.content()
    page.goto("/staff/basket/")
    expect(page.get_by_text("Nothing in it yet.")).to_be_visible()


def sign_in(page, who):
    page.goto(f"/staff/?who={who}")
    page.locator("#pin").fill(PIN)
    page.locator(".pin-key.go").tap()
    page.wait_for_url("**/staff/today/")
