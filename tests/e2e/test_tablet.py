"""A bag from the shelf to its shopper on a real tablet and a real phone, picked one short."""

import re

import pytest
from playwright.sync_api import expect

from instore.devices.tokens import COOKIE
from instore.pickup.code import code_of
from instore.pickup.models import Pickup
from instore.pickup.ready import mark_ready
from tests.e2e.looks import look
from tests.e2e.waits import until
from tests.instore.pickup import conftest as pickups
from tests.instore.tablets import PIN, make_associate, make_device

basket, order, product, request_of, strategy, shop, collected, pickup = (
    pickups.basket, pickups.order, pickups.product, pickups.request_of, pickups.strategy, pickups.shop,
    pickups.collected, pickups.pickup,
)  # fmt: skip

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "locale": "en-GB"}
TABLET = {"viewport": {"width": 820, "height": 1180}, "has_touch": True, "locale": "en-GB"}


@pytest.fixture
def waiting(transactional_db, clean_cache, pickup):
    Pickup.objects.update(name="Dewi Ayu Lestari")
    return pickup


@pytest.fixture
def on_duty(open_page, site, shop):
    """Sari, signed in on a device of this size."""

    def sign_in(**device):
        token, sari = make_device(shop.store)[1], make_associate(shop.store)
        page = open_page("/staff/enrol/", **device)
        page.context.add_cookies([{"name": COOKIE, "value": token, "url": site}])
        page.goto(f"/staff/?who={sari.pk}")
        page.locator("#pin").fill(PIN)
        page.locator(".pin-key.go").tap()
        page.wait_for_url("**/staff/today/")
        return page

    return sign_in


@pytest.mark.parametrize("device", [PHONE, TABLET], ids=["390", "820"])
def test_from_the_shelf_to_the_shopper(waiting, on_duty, device):
    page = on_duty(**device)
    look(page)
    page.get_by_text("Dewi Ayu Lestari").tap()
    page.wait_for_url("**/pickups/**")
    look(page)
    page.get_by_role("button", name="Start to pick").tap()
    tee = page.locator(".item", has_text="SKU TEE")
    tee.get_by_role("button", name="One more").tap()
    expect(tee.locator(".badge")).to_have_text("1 of 2 in the bag")
    tee.locator("summary").tap()
    look(page)
    tee.get_by_role("button", name="Sold in the store").tap()
    expect(tee.locator(".badge")).to_have_text("1 of 2: sold in the store")
    page.locator(".item", has_text="SKU HAT").get_by_role("button", name="Found").tap()
    expect(page.get_by_text("All is said")).to_be_visible()
    look(page)
    page.get_by_role("button", name="The bag is ready").tap()
    page.get_by_role("link", name="Hand over: ask for the code").tap()
    page.wait_for_url("**/collect/")
    look(page)
    page.locator("#code").fill(code_of(waiting).lower())
    page.keyboard.press("Enter")  # as a scanner ends
    expect(page.locator(".due")).to_have_text(re.compile("298,000"))
    look(page)
    page.get_by_role("button", name="Paid in cash").tap()
    expect(page.get_by_text("Handed over. Thank you!")).to_be_visible()
    look(page)
    page.goto("/staff/today/")
    expect(page.get_by_text("Nothing needs you right now")).to_be_visible()
    waiting.refresh_from_db()
    assert waiting.state == "collected"


def test_a_refusal_is_swapped_in_and_today_follows(waiting, on_duty, complaints):
    page = on_duty(**TABLET)
    page.context.add_init_script("delete window.EventSource")  # the tap comes before any news
    page.get_by_text("Dewi Ayu Lestari").tap()
    page.wait_for_url("**/pickups/**")
    pickups.to_picking(waiting)
    page.get_by_role("button", name="Start to pick").tap()
    expect(page.get_by_role("alert")).to_have_text(re.compile("Somebody was faster"))
    look(page)
    assert "409" in complaints.pop()
    page.goto("/staff/today/")
    expect(page.locator("#need-picking")).to_be_visible()
    pickups.pick_all(waiting)
    mark_ready(pickup_id=waiting.pk, by=pickups.RINA)
    page.evaluate("document.querySelector('#today').dispatchEvent(new Event('live'))")
    expect(page.locator("#need-ready")).to_be_visible()


def test_what_is_typed_is_not_taken_away_by_news(waiting, on_duty):
    pickups.to_picking(waiting)
    page = on_duty(**TABLET)
    page.goto(f"/staff/pickups/{waiting.order.number}/")
    hat = page.locator(".item", has_text="SKU HAT")
    late = []
    page.route("**/staff/pickups/*/?seen=*", lambda route: late.append((route, route.fetch())), times=1)
    pickups.pick_all(waiting)
    mark_ready(pickup_id=waiting.pk, by=pickups.RINA)
    until(page, lambda: late)
    page.locator("#article").press_sequentially("95212")
    page.evaluate("document.addEventListener('htmx:afterRequest', () => { window.answered = true; })")
    route, answer = late.pop()
    route.fulfill(response=answer)
    page.wait_for_function("window.answered")
    expect(page.locator("#article")).to_have_value("95212")
    expect(hat.get_by_role("button", name="Found")).to_be_visible()
    page.locator("#article").fill("")
    page.locator("#article").blur()
    expect(page.get_by_role("link", name="Hand over: ask for the code")).to_be_visible()
