"""A shopper opens the shop, says which store is theirs, and sees what every store has."""

import itertools
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from instore.stores.models import Store
from omni_sync.oscar.models import Category, StockRecord
from omni_sync.stock.count import count
from tests.e2e.conftest import DESK, PHONE
from tests.e2e.looks import answers_to, weights_of
from tests.instore.places import make_product, make_store, put

MOST_BYTES = 100_000
TABLET = {"viewport": {"width": 820, "height": 1180}}


@pytest.fixture
def tee(transactional_db):
    """A tee in two sizes, seven of M in Menteng: its record there, and where M is shown."""
    style = make_product("Kawan tee", structure="parent")
    medium, large = (make_product(f"Kawan tee, {size}", parent=style, size=size) for size in "ML")
    record = put(medium, make_store("menteng", at=("-6.1967", "106.8316")).partner, 7, sku="TEE-M")
    put(large, make_store("sanur", at=("-8.6939", "115.2636")).partner, 7, sku="TEE-L")
    return record, medium.get_absolute_url()


@pytest.mark.usefixtures("seeded")
def test_every_page_is_open_to_everybody_stays_at_home_and_weighs_little(open_page, barriers):
    category = Category.objects.filter(depth=2).first()
    product = StockRecord.objects.get(partner_sku="LK-TEE-BLK-M", partner__code="menteng").product
    paths = ["/", "/catalogue/", f"/catalogue/category/x_{category.pk}/", product.get_absolute_url(), "/stores/",
             "/stores/menteng/", "/tour/"]  # fmt: skip
    for device, prefix in itertools.product((PHONE, TABLET, DESK), ("", "/id")):
        page = open_page(f"{prefix}/", **device)
        home = urlsplit(page.url).netloc
        answers, strangers = answers_to(page), []
        page.on(
            "request",
            lambda asked, strangers=strangers, home=home: (
                None if urlsplit(asked.url).netloc == home else strangers.append(asked.url)
            ),
        )
        for path in paths:
            answers.clear()
            page.goto(f"{prefix}{path}")
            weights = weights_of(answers)
            assert barriers(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
            assert sum(weights.values()) <= MOST_BYTES, (path, weights)
        assert strangers == []


@pytest.mark.usefixtures("seeded")
def test_from_the_front_page_to_a_products_stock_in_every_store(open_page):
    page = open_page("/", **PHONE)
    page.locator("main article h3 a").first.click()
    expect(page).to_have_url(re.compile(r"/catalogue/.+_\d+/"))
    for store in Store.objects.all():
        expect(page.locator("main")).to_contain_text(store.partner.name)


def test_a_chosen_shop_stands_first_and_in_the_header_from_then_on(open_page, tee):
    _, url = tee
    page = open_page(url, **PHONE)
    page.get_by_role("button", name=re.compile("Make this my shop.*Menteng")).click()
    expect(page).to_have_url(re.compile(re.escape(url)))
    expect(page.locator(".at-mine")).to_contain_text("At your shop, Menteng")
    page.goto("/stores/sanur/")
    expect(page.locator(".my-store")).to_contain_text("Your shop: Menteng")


def test_a_figure_that_changes_is_marked_and_said_once_and_the_focus_stays(open_page, tee):
    record, url = tee
    page = open_page("about:blank", **PHONE)
    page.add_init_script("delete window.EventSource")  # it is read again when the test says so, and then only
    page.goto(url)
    figure = page.locator('[data-figure="menteng"]')
    expect(figure).to_contain_text("7 in stock")
    chip = page.locator(f"#size-{record.product_id}")
    chip.focus()
    count(stockrecord=record, quantity=2)
    page.evaluate("document.getElementById('stock').dispatchEvent(new Event('live'))")
    expect(figure).to_contain_text("2 left")
    expect(figure).to_have_class(re.compile("has-changed"))
    expect(page.locator("#stock-said")).to_have_text("Menteng: 2 left")
    expect(chip).to_be_focused()
    page.evaluate("document.getElementById('stock').dispatchEvent(new Event('live'))")
    expect(figure).not_to_have_class(re.compile("has-changed"))


def test_choosing_works_without_scripts(browser, site, tee):
    _, url = tee
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(url)
    page.get_by_role("button", name=re.compile("Make this my shop.*Sanur")).click()
    expect(page.locator(".at-mine")).to_contain_text("At your shop, Sanur")
    context.close()


def test_indonesian_has_its_own_address(open_page, transactional_db):
    page = open_page("/id/")
    expect(page.locator("html")).to_have_attribute("lang", "id")


def test_a_size_is_changed_without_a_reload_and_collected_in_one_tap(tee, open_page):
    _, medium = tee
    page = open_page(medium, **PHONE)
    page.evaluate("window.opened = 'once'")
    expect(page.locator("#sizes")).to_contain_text("Size M")
    page.get_by_role("link", name="L", exact=True).click()
    expect(page.locator("#sizes")).to_contain_text("Size L")
    expect(page).not_to_have_url(re.compile(re.escape(medium)))  # the size has an address of its own
    assert page.evaluate("window.opened") == "once"

    page.locator("#choose-sanur").click()  # a form: the page comes anew, with the shop in front
    page.locator("#collect").click()
    page.get_by_role("link", name="See your basket").click()
    expect(page).to_have_url(re.compile("/basket/"))
    expect(page.locator("main")).to_contain_text("Kawan tee, L")
    expect(page.locator('.way-list [aria-pressed="true"]')).to_contain_text("Sanur")
