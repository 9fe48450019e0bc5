"""The staff's tablet under a real thumb: enrolled by its code, a PIN on big keys, and without scripts."""

import pytest

from instore.devices.invite import invite
from instore.devices.models import Kind
from tests.e2e.looks import barriers, wide
from tests.instore.places import make_store
from tests.instore.tablets import PIN, make_associate, make_manager

TABLET = {"viewport": {"width": 800, "height": 1180}, "has_touch": True, "locale": "en-GB"}
PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True, "locale": "id-ID"}
BARE = {**TABLET, "java_script_enabled": False}


@pytest.fixture
def code(transactional_db, clean_cache):
    store = make_store("menteng")
    for name in ("Sari", "Budi Santoso"):
        make_associate(store, name)
    return invite(store=store, kind=Kind.TABLET, name="Till side", by=make_manager()).code


def look(page):
    """Nothing wrong with the page as it stands."""
    assert [*wide(page), *barriers(page)] == []


def smallest(page, selector):
    """The shorter side of the smallest thing to tap."""
    sides = page.locator(selector).evaluate_all(
        "all => all.filter(one => one.checkVisibility()).map(one => one.getBoundingClientRect())"
        ".map(({ width, height }) => Math.min(width, height))"
    )
    return min(sides)


@pytest.mark.parametrize("device", [TABLET, PHONE])
def test_from_a_code_to_today_by_touch(open_page, code, complaints, device):
    page = open_page("/staff/today/", **device)
    assert page.url.endswith("/staff/enrol/")
    look(page)
    page.locator("#code").fill(code.lower())
    page.locator("form button[type=submit]").tap()
    page.wait_for_selector(".staff-name")
    look(page)
    assert smallest(page, ".staff-name") >= 44
    page.get_by_text("Sari").tap()
    page.wait_for_selector(".has-keys")
    assert smallest(page, ".pin-key") >= 64
    for digit in PIN[0] + PIN:
        page.locator(f"[data-digit='{digit}']").tap()
    for _ in PIN:
        page.locator("[data-back]").tap()
    for digit in PIN[1:]:
        page.locator(f"[data-digit='{digit}']").tap()
    look(page)
    page.locator(".pin-key.go").tap()
    page.wait_for_url("**/staff/today/")
    look(page)
    assert smallest(page, "main a, main button, footer button") >= 44
    page.locator("footer button").tap()
    page.wait_for_url("**/staff/")
    page.go_back()
    page.wait_for_selector(".staff-name")
    assert page.locator(".staff-name").count() == 2  # not today: no cache has kept it
    assert "401" in complaints.pop()


def test_everything_works_without_scripts(open_page, code):
    page = open_page("/staff/enrol/", **BARE)
    page.locator("#code").fill(code)
    page.locator("form button[type=submit]").click()
    page.get_by_text("Sari").click()
    assert not page.locator(".pin-keys").is_visible()
    page.locator("#pin").fill(PIN)
    page.locator(".staff-go").click()
    assert page.url.endswith("/staff/today/")
