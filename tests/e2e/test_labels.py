"""A manager prints what changed, and says that it hangs there."""

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import expect

from kiosk.labels import make
from kiosk.labels.models import PrintedLabel
from tests.instore.places import make_product, make_store, put

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "rani-at-her-desk"
PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.mark.parametrize("device", [{}, PHONE], ids=["desk", "phone"])
def test_labels_from_the_queue_to_the_shelves(open_page, complaints, device):
    get_user_model().objects.create_superuser("rani@langkah.example", PASSWORD)
    store = make_store("menteng")
    put(make_product("Linen shirt", gtin="09521234543213"), store.partner, 3)
    page = open_page("/healthz", **device)
    page.goto("/dashboard/login/")
    page.fill("input[name$=username]", "rani@langkah.example")
    page.fill("input[name$=password]", PASSWORD)
    page.press("input[name$=password]", "Enter")
    page.wait_for_url(lambda url: "login" not in url)
    complaints.clear()  # Oscar's own pages ask elsewhere for jQuery

    def fits():
        return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    page.goto("/dashboard/lintas/labels/")
    assert fits()
    page.get_by_role("link", name="Menteng").click()
    expect(page.get_by_label("What changed since the last print")).to_be_checked()
    assert fits()
    page.get_by_role("button", name="Make the sheets").click()
    expect(page.get_by_role("status")).to_contain_text("being made")
    make.make_waiting()
    with page.expect_download() as sheets:  # the page has looked again by itself
        page.get_by_role("link", name="Download the PDF").click()
    assert sheets.value.path().read_bytes().startswith(b"%PDF")
    assert fits()
    page.get_by_role("button", name="They are on the shelves").click()
    expect(page.locator("#messages")).to_contain_text("no longer in the queue")
    assert PrintedLabel.objects.count() == 1
    assert complaints == []
