"""One basket on two devices, and a basket that goes from one device to another."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import zxingcpp
from django.test import Client
from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import DESK, PHONE
from tests.e2e.looks import looked_at
from tests.e2e.waits import until
from tests.instore.places import make_product, make_warehouse, put


@pytest.fixture
def goods(transactional_db):
    """A tee and a cap to be sent, and a voucherless life."""
    made = []
    for title, sku in (("Kawan tee", "TEE"), ("Pagi cap", "CAP")):
        style = make_product(title, structure="parent")
        size = make_product(f"{title}, M", parent=style, size="M")
        put(size, make_warehouse(), 9, sku=sku)
        made.append(size)
    return made


@pytest.fixture
def put_in(site) -> Callable[..., None]:
    """Puts something into the basket of a page's visitor, as a form of theirs would."""

    def put_it(page: Page, product, quantity: int = 1) -> None:
        page.goto(product.get_absolute_url())
        answer = page.request.post(
            f"{site}/basket/add/{product.pk}/",
            form={"quantity": str(quantity), "csrfmiddlewaretoken": _csrf(page)},
            headers={"Referer": page.url},
        )
        assert answer.ok
        page.goto("/basket/")

    return put_it


def _csrf(page: Page) -> str:
    return page.locator("[name=csrfmiddlewaretoken]").first.input_value()


def lines(page: Page):
    return page.locator(".basket-lines .basket-words h3")


def sign_in(page: Page, user, site) -> None:
    client = Client()
    client.force_login(user)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])


def test_what_one_device_changes_the_other_shows(open_page, site, goods, put_in, django_user_model):
    user = django_user_model.objects.create_user(email="ayu@example.com", password="x")
    phone, laptop = open_page("about:blank", **PHONE), open_page("about:blank", **DESK)
    for page in (phone, laptop):
        sign_in(page, user, site)
    put_in(phone, goods[0])
    laptop.goto("/basket/")
    laptop.evaluate("window.opened = 'once'")
    expect(lines(laptop)).to_have_count(1)
    put_in(phone, goods[1])
    expect(lines(laptop)).to_have_count(2)
    expect(laptop.locator("#basket-link .basket-count")).to_have_text("2")
    laptop.locator(".basket-quantity [name='form-0-DELETE']").first.click()
    expect(lines(phone)).to_have_count(1)
    assert laptop.evaluate("window.opened") == "once"


def test_what_is_being_typed_is_not_taken_away(open_page, site, goods, put_in, django_user_model):
    user = django_user_model.objects.create_user(email="ayu@example.com", password="x")
    phone, laptop = open_page("about:blank", **PHONE), open_page("about:blank", **DESK)
    for page in (phone, laptop):
        sign_in(page, user, site)
    put_in(phone, goods[0])
    laptop.goto("/basket/")
    laptop.locator("#voucher-code").press_sequentially("LEBA")
    put_in(phone, goods[1])
    laptop.locator("#voucher-code").press_sequentially("RAN")
    expect(laptop.locator("#voucher-code")).to_have_value("LEBARAN")
    expect(lines(laptop)).to_have_count(1)
    laptop.locator("#voucher-code").fill("")
    laptop.locator("#voucher-code").blur()
    expect(lines(laptop)).to_have_count(2)


def test_who_began_to_type_while_it_was_read_goes_on_typing(open_page, site, goods, put_in, django_user_model):
    user = django_user_model.objects.create_user(email="ayu@example.com", password="x")
    phone, laptop = open_page("about:blank", **PHONE), open_page("about:blank", **DESK)
    for page in (phone, laptop):
        sign_in(page, user, site)
    put_in(phone, goods[0])
    laptop.goto("/basket/")
    held: list[Route] = []
    laptop.route("**/basket/", lambda route: held.append(route) if _is_part(route) and not held else route.continue_())
    put_in(phone, goods[1])
    until(laptop, lambda: held)
    laptop.locator("#voucher-code").press_sequentially("LEBARAN")
    with laptop.expect_response("**/basket/"):
        held[0].continue_()
    laptop.locator("#voucher-code").press_sequentially("24")
    expect(laptop.locator("#voucher-code")).to_have_value("LEBARAN24")
    laptop.locator("#voucher-code").fill("")
    laptop.locator("#voucher-code").blur()
    expect(lines(laptop)).to_have_count(2)


def _is_part(route: Route) -> bool:
    return "hx-request" in route.request.headers


def test_a_basket_is_scanned_from_a_phone(open_page, goods, put_in, tmp_path):
    phone, kiosk = open_page("/", **PHONE), open_page("/", **DESK)
    put_in(phone, goods[0], 2)
    put_in(kiosk, goods[1])
    phone.locator("#hand-off").click()
    looked_at(phone)
    kiosk.goto(scanned(phone, tmp_path / "qr.png"))
    expect(kiosk).to_have_url(re.compile("/h/look/$"))
    looked_at(kiosk)
    kiosk.locator("button[value=both]").click()
    expect(kiosk.locator("main")).to_contain_text("There are 3 items in it.")
    looked_at(kiosk)
    expect(phone.locator("#given")).to_contain_text("has your basket now")
    phone.goto("/basket/")
    expect(phone.locator("main")).to_contain_text("Nothing in it yet")
    for _ in range(2):  # what was shown before is not shown again
        phone.go_back()
        assert "Kawan" not in phone.locator("main").inner_text()
        assert phone.locator(".code-letters").count() == 0
    kiosk.locator("form[action='/h/undo/'] button").click()
    expect(lines(kiosk)).to_have_count(1)
    expect(lines(kiosk)).to_contain_text("Pagi cap")
    phone.goto("/basket/")
    expect(lines(phone)).to_contain_text("Kawan tee")


def test_a_code_is_typed_and_a_wrong_one_told(open_page, goods, put_in, complaints):
    phone, kiosk = open_page("/", **PHONE), open_page("/h/", **DESK)
    put_in(phone, goods[0])
    phone.locator("#hand-off").click()
    kiosk.locator("#code").fill("AAAAAA")
    kiosk.locator("#code").press("Enter")
    expect(kiosk.locator("#code-wrong")).to_be_visible()
    looked_at(kiosk)
    assert [said for said in complaints if "422" not in said] == []
    complaints.clear()
    kiosk.locator("#code").fill(phone.locator(".code-letters").inner_text().lower())
    kiosk.locator("#code").press("Enter")
    kiosk.locator("button[value=theirs]").click()
    kiosk.locator("main a.button").click()
    expect(lines(kiosk)).to_contain_text("Kawan tee")


def scanned(page: Page, file: Path) -> str:
    """What a camera reads from the screen."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator(".code-qr").screenshot(path=file)
    with Image.open(file) as picture:
        found = zxingcpp.read_barcode(picture)
    assert found is not None
    return str(found.text)
