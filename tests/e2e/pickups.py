"""The steps of a pickup on two devices at once: the shopper's phone and the associate's tablet."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from oscar.core.loading import get_model
from playwright.sync_api import Page, expect

from instore.devices.tokens import COOKIE
from instore.pickup.models import Pickup
from instore.stores.models import Store
from omni_sync.oscar.models import StockRecord
from tests.instore.places import make_product, make_store, make_warehouse, put
from tests.instore.tablets import PIN, make_associate, make_device
from tests.omni_sync.payments.conftest import bank  # noqa: F401 - a fixture

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "locale": "en-GB"}
TABLET = {"viewport": {"width": 820, "height": 1180}, "has_touch": True, "locale": "en-GB"}
EMAIL = "ayu@langkah.example"
#: Pages also look for themselves now and then; here only what they are told may change them.
NO_CLOCK = """document.addEventListener("htmx:configRequest", (event) => {
    if (event.target.dataset.live !== undefined && !event.detail.triggeringEvent) event.preventDefault();
});"""
IN_STORE, BY_CARD = "In the shop, when you collect it", "Now, by card"


@pytest.fixture
def shop(transactional_db, clean_cache, bank, settings):  # noqa: F811
    """Nine tees at Menteng for Rp149,000 each, and a bank that takes test money."""
    settings.PAYMENT_PAGES = bank.url
    get_model("address", "Country").objects.update_or_create(
        iso_3166_1_a2="ID", defaults={"printable_name": "Indonesia", "is_shipping_country": True}
    )
    tee, store = make_product("Kawan tee", size="M"), make_store("menteng")
    put(tee, make_warehouse(), 9, price="149000")
    put(tee, store.partner, 9, price="149000")
    Store.objects.update(street="Jalan Cikini 1", phone="+62215550181")
    return SimpleNamespace(
        tee=tee, store=store, record=StockRecord.objects.get(partner=store.partner), sari=make_associate(store)
    )


@pytest.fixture
def phone(open_page, shop) -> Page:
    """A shopper's, before any page."""
    return told_only(open_page("about:blank", **PHONE))


@pytest.fixture
def tablet(open_page, shop, site) -> Page:
    """Menteng's, with Sari signed in and Today before her."""
    page = told_only(open_page("about:blank", **TABLET))
    page.context.add_cookies([{"name": COOKIE, "value": make_device(shop.store)[1], "url": site}])
    page.goto(f"/staff/?who={shop.sari.pk}")
    page.locator("#pin").fill(PIN)
    page.locator(".pin-key.go").tap()
    page.wait_for_url("**/staff/today/")
    return page


def told_only(page: Page) -> Page:
    page.context.add_init_script(NO_CLOCK)
    return page


@contextmanager
def by_itself(*pages: Page) -> Iterator[None]:
    """What these pages show in here they were told: nobody reloads them."""
    for page in pages:
        page.evaluate("window.opened = 'once'")
    yield
    for page in pages:
        assert page.evaluate("window.opened") == "once", f"{page.url} was loaded again"


def order(phone: Page, shop: SimpleNamespace, *, pay: str, name: str = "Ayu Lestari") -> Pickup:
    """From the basket to the page with the code: two tees, to be collected at Menteng."""
    phone.goto(shop.tee.get_absolute_url())
    phone.get_by_role("button", name="Put into the basket").tap()
    expect(phone.locator(".basket-count")).to_have_text("1")
    phone.locator("#basket-link").tap()
    phone.locator("input[type=number]").fill("2")
    phone.locator("input[type=number]").press("Enter")
    expect(phone.locator(".title-line").get_by_text("2 items")).to_be_visible()
    phone.get_by_role("button", name="Collect at Menteng").tap()
    phone.get_by_role("link", name="Go to checkout").tap()
    phone.get_by_label("E-mail address").fill(EMAIL)
    phone.get_by_role("button", name="Go on").tap()
    phone.get_by_label("Your name").fill(name)
    phone.get_by_label(pay).check()
    phone.locator("#order").tap()
    if pay == BY_CARD:
        phone.get_by_role("button", name="Pay").tap()
    phone.get_by_role("link", name="Your code for the counter").tap()
    expect(phone.get_by_text("We have your order.")).to_be_visible()
    return Pickup.objects.get()


def open_sheet(tablet: Page, name: str = "Ayu Lestari") -> None:
    """The pickup out of Today."""
    tablet.locator("#today").get_by_text(name).tap()
    tablet.wait_for_url("**/pickups/**")


def pick(tablet: Page, name: str = "Ayu Lestari") -> None:
    """Out of Today into the bag, all of it."""
    open_sheet(tablet, name)
    tablet.get_by_role("button", name="Start to pick").tap()
    tablet.get_by_role("button", name="Found all 2").tap()
    expect(tablet.get_by_text("All is said: pack the bag.")).to_be_visible()


def pack(tablet: Page) -> None:
    expect(tablet.get_by_text("All is said: pack the bag.")).to_be_visible()  # what was tapped before is answered
    tablet.get_by_role("button", name="The bag is ready").tap()
    expect(tablet.get_by_role("link", name="Hand over: ask for the code")).to_be_visible()


def code_on(phone: Page) -> str:
    """What the page says, as it is said aloud."""
    return phone.locator(".code-letters").inner_text()


def type_code(tablet: Page, code: str) -> None:
    """At the counter."""
    tablet.get_by_role("link", name="Hand over").tap()
    tablet.locator("#code").fill(code)
    tablet.keyboard.press("Enter")
    tablet.wait_for_url(re.compile(r"/collect/[^/]+/$"))


def hand_over(tablet: Page, button: str = "Hand over") -> None:
    tablet.get_by_role("button", name=button).tap()
    expect(tablet.get_by_text("Handed over. Thank you!")).to_be_visible()
