"""A shopper shows their code on a phone; an associate sees what they allow, and adds to their list and basket."""

import re

import pytest
import zxingcpp
from django.test import Client
from PIL import Image
from playwright.sync_api import Page, expect

from instore.customers.models import LookUp
from omni_sync.customer_code.models import CustomerCode
from tests.e2e import test_tablet as tablets
from tests.e2e.looks import look
from tests.e2e.test_tablet import PHONE, TABLET
from tests.instore.customers import conftest as customers
from tests.instore.customers.conftest import make_ayu

shop, on_duty = customers.shop, tablets.on_duty
NOTE = "It goes with your cap."


@pytest.fixture
def ayu(transactional_db, clean_cache, shop):
    return make_ayu(shop)


@pytest.fixture
def phone(open_page, site, ayu) -> Page:
    """Ayu's, signed in."""
    client = Client()
    client.force_login(ayu.user)
    page = open_page("about:blank", **PHONE)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    return page


@pytest.fixture
def tablet(on_duty, ayu) -> Page:
    """Sari's, with Today before her."""
    return on_duty(**TABLET)


def show_code(phone: Page) -> str:
    phone.goto("/accounts/")
    phone.locator(".door-list").get_by_role("link", name="My code").tap()
    return phone.locator(".code-letters").inner_text()


def type_code(tablet: Page, code: str) -> None:
    tablet.goto("/staff/today/")
    tablet.get_by_role("link", name="Customer").tap()
    expect(tablet.get_by_role("heading", name="Who is in front of you?")).to_be_visible()
    look(tablet)
    tablet.locator("#code").fill(code)
    tablet.get_by_role("button", name="Show the customer").tap()
    expect(tablet.get_by_role("heading", name="Ayu Lestari")).to_be_visible()


def find(tablet: Page, words: str) -> None:
    tablet.locator("#q").fill(words)
    tablet.get_by_role("button", name="Find", exact=True).tap()


def test_a_code_that_is_read_out_shows_what_is_theirs_and_lets_her_add_to_it(phone, tablet, ayu, complaints):
    code = show_code(phone)
    look(phone)
    type_code(tablet, code)
    look(tablet)
    main = tablet.locator("main")
    for words in ("Pagi cap", "2 here", "Kawan tee", "SML", "Web jacket", "Till hat", "Menteng", "Online"):
        expect(main).to_contain_text(words)
    expect(phone.locator("#my-code")).to_contain_text("Sari, Menteng")  # by itself

    find(tablet, "kawan")
    expect(tablet.locator("select")).to_have_value(str(ayu.tee.pk))
    look(tablet)
    tablet.locator("textarea").fill(NOTE)
    tablet.get_by_role("button", name="Put on their list").tap()
    expect(tablet.get_by_role("status").filter(has_text="on their list")).to_be_visible()
    line = ayu.wishes.lines.get(product=ayu.tee)
    assert (line.list_note.note, line.list_note.adviser_name) == (NOTE, "Sari")
    phone.goto(ayu.wishes.get_absolute_url())
    expect(phone.locator("main")).to_contain_text("Kawan tee")

    phone.goto("/basket/")
    find(tablet, "9521234543213")
    tablet.get_by_role("button", name="Put into the basket").tap()
    expect(tablet.get_by_role("status").filter(has_text="in the basket")).to_be_visible()
    expect(phone.locator(".basket-lines")).to_contain_text("Pagi cap")  # live
    tablet.get_by_role("button", name="Done: close their page").tap()
    expect(tablet.get_by_role("heading", name="Who is in front of you?")).to_be_visible()
    tablet.go_back()
    expect(tablet.get_by_role("heading", name="No customer is open here")).to_be_visible()
    expect(tablet.locator("main")).not_to_contain_text("Lestari")
    assert [said for said in complaints if "404" not in said] == []
    complaints.clear()


def test_the_tablet_follows_the_basket(phone, tablet, ayu):
    type_code(tablet, show_code(phone))
    tablet.evaluate("window.opened = 'once'")
    ayu.basket.add_product(ayu.cap, 1)
    expect(tablet.locator("#their-basket")).to_contain_text("Pagi cap")
    assert tablet.evaluate("window.opened") == "once"


def test_the_qr_says_what_the_tablet_reads(phone, tablet, ayu, tmp_path):
    show_code(phone)
    phone.screenshot(path=tmp_path / "qr.png", full_page=True)  # the part itself is read anew now and then
    with Image.open(tmp_path / "qr.png") as picture:
        found = zxingcpp.read_barcode(picture)
    assert found is not None
    type_code(tablet, str(found.text))
    assert LookUp.objects.get().why == "shown"


def test_what_is_hidden_says_so_and_a_used_code_opens_nothing(phone, tablet, ayu, complaints):
    code = show_code(phone)
    phone.get_by_label("What you bought").uncheck()
    phone.get_by_role("button", name="Save", exact=True).tap()
    expect(phone.locator("main")).to_contain_text("nothing else")
    look(phone)
    type_code(tablet, code)
    expect(tablet.locator("main")).to_contain_text("They don't show this to staff.")
    expect(tablet.locator("main")).not_to_contain_text("Web jacket")
    look(tablet)
    tablet.goto("/staff/customer/")
    tablet.locator("#code").fill(code)
    tablet.get_by_role("button", name="Show the customer").tap()
    expect(tablet.locator("#code-wrong")).to_contain_text("used already")
    look(tablet)
    assert [said for said in complaints if not re.search("422", said)] == []
    complaints.clear()
    assert CustomerCode.objects.filter(used_at=None).exists()
