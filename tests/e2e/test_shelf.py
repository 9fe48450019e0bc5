"""A shopper scans the code on a shelf with their own phone, and needs nothing else."""

import re
from io import BytesIO

import pytest
import qrcode
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from instore.requests.answer import take
from instore.requests.models import Request
from kiosk.links.address import product_link
from omni_sync.lists.models import AnonymousLine
from omni_sync.oscar.models import BasketLine, StockRecord
from omni_sync.stock.count import count
from tests.e2e import looks
from tests.e2e.conftest import PHONE
from tests.instore.tablets import make_associate
from tests.kiosk.shelf.conftest import LARGE, MEDIUM, menteng, tee  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)
MOST_BYTES = 60_000


@pytest.fixture
def scanned(menteng, site):  # noqa: F811
    """What the phone's camera reads off the shelf, as the page's path and query."""
    picture = BytesIO()
    qrcode.make(product_link(gtin=MEDIUM, store="menteng")).save(picture, "PNG")
    read = zxingcpp.read_barcodes(Image.open(picture).convert("L"))
    return "/01/" + read[0].text.partition("/01/")[2]


@pytest.fixture
def phone(open_page, scanned):
    return open_page(scanned, **PHONE)


def test_from_the_code_to_size_list_basket_and_help(phone, menteng):  # noqa: F811
    expect(phone).to_have_url(re.compile(rf"/shelf/{MEDIUM}/\?s=menteng$"))
    assert phone.context.cookies() == []
    expect(phone.locator("h1")).to_have_text("Kawan tee, black")
    expect(phone.locator("#stock")).to_contain_text("2 left")
    assert list(looks.barriers(phone)) == []

    phone.get_by_role("link", name="L : 0 here").click()
    expect(phone).to_have_url(re.compile(rf"/shelf/{LARGE}/\?s=menteng$"))
    expect(phone.locator(".here-level")).to_contain_text("None here now")
    phone.get_by_role("link", name="M : 2 here").click()

    phone.locator("#wish").click()
    expect(phone.get_by_text("is on the list in this browser")).to_be_visible()
    assert AnonymousLine.objects.get().product.entry.size == "M"
    phone.locator("#take").click()
    expect(phone.get_by_text("is in your basket, to be collected at Menteng.")).to_be_visible()
    assert BasketLine.objects.get().product.entry.size == "M"

    phone.locator("#call").click()
    expect(phone.locator("h1")).to_have_text("Somebody will come to you")
    assert list(looks.barriers(phone)) == []
    asked = Request.objects.get()
    take(request_id=asked.pk, store=menteng, by=make_associate(menteng, "Sari"))
    expect(phone.locator("h1")).to_have_text("Sari is coming to A-3")
    phone.locator("#call-off").click()
    expect(phone.locator("h1")).to_have_text("Nobody is called any more")
    phone.get_by_role("link", name="Back to what you scanned").click()
    expect(phone).to_have_url(re.compile(rf"/shelf/{MEDIUM}/\?s=menteng$"))


def test_page_is_light(open_page, scanned):
    page = open_page("about:blank", **PHONE)
    answers = looks.answers_to(page)
    page.goto(scanned)
    weights = looks.weights_of(answers)
    assert 10_000 < sum(weights.values()) <= MOST_BYTES, weights


def test_page_follows_the_stock_of_this_shop(phone, menteng):  # noqa: F811
    expect(phone.locator(".here-level")).to_contain_text("2 left")
    record = StockRecord.objects.get(product__gtins__value=MEDIUM, partner=menteng.partner)
    count(stockrecord=record, quantity=1)
    expect(phone.locator(".here-level")).to_contain_text("1 left")
    expect(phone.locator("#stock-said")).to_contain_text("Menteng: 1 left")


def test_everything_works_without_scripts(browser, site, scanned):
    context = browser.new_context(base_url=site, java_script_enabled=False, **PHONE)
    page = context.new_page()
    page.goto(scanned)
    page.locator("#take").click()
    expect(page.get_by_text("is in your basket, to be collected at Menteng.")).to_be_visible()
    page.locator("#call").click()
    expect(page.locator("h1")).to_have_text("Somebody will come to you")
    context.close()
