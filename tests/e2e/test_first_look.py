"""A shopper opens the shop and sees what every store has."""

import re

import pytest
from playwright.sync_api import expect

from instore.stores.models import Store
from tests.e2e.conftest import DESK, PHONE

pytestmark = pytest.mark.usefixtures("seeded")


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_from_the_front_page_to_a_products_stock_in_every_store(open_page, barriers, device):
    page = open_page("/", **device)
    assert barriers(page) == []
    page.locator("main article h3 a").first.click()
    expect(page).to_have_url(re.compile(r"/catalogue/.+_\d+/"))
    for store in Store.objects.all():
        expect(page.locator("main")).to_contain_text(store.partner.name)
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_indonesian_has_its_own_address(open_page):
    page = open_page("/id/")
    expect(page.locator("html")).to_have_attribute("lang", "id")
