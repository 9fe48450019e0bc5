"""Bought at a till, opened on a phone, kept in an account that is made on the way; its size is known from then."""

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from omni_sync.catalogue.identify import describe
from omni_sync.pos.drain import drain
from omni_sync.sales.models import Sale
from omni_sync.stock.audit import audit
from tests.e2e.conftest import PHONE
from tests.e2e.looks import barriers, wide
from tests.e2e.test_one_cart import sign_in
from tests.factories import make_connection, post, sale
from tests.instore.places import make_product, make_store, put

CLAIM = "K7Q2" * 8
PASSWORD = "langkah-demi-langkah"


@pytest.fixture
def dago(transactional_db):
    store = make_store("dago")
    store.city = "Bandung"
    store.save()
    return store


def make_style(name, store):
    style = make_product(name, structure="parent")
    for size in ("41", "42", "43"):
        item = make_product(f"{name}, {size}", parent=style)
        describe(product=item, size=size, size_system="EU")
        put(item, store.partner, 9, sku=f"{name}-{size}")
    return style


@pytest.mark.usefixtures("clean_cache")
@pytest.mark.parametrize("arrives", ["before", "after"])
def test_the_receipt_comes_home_and_brings_its_size(open_page, site, complaints, dago, arrives):
    make_style("Jalan runner", dago)
    boots = make_style("Hujan boots", dago)
    till = make_connection(dago.partner, name="till")

    def tell():
        event = sale(dago.partner, "R-7", {"Jalan runner-42": 1}, claim=CLAIM, at=timezone.now())
        assert post(Client(), till, [event]).status_code == 202
        drain()

    if arrives == "before":
        tell()
    page = open_page("about:blank", **PHONE)
    page.goto(f"/r/{CLAIM}")
    assert [*wide(page), *barriers(page)] == []
    complaints.clear()  # what has not arrived is not found
    page.get_by_role("button", name="Add it to my account").click()
    page.wait_for_url("**/r/claim/")
    assert [*wide(page), *barriers(page)] == []
    page.get_by_role("link", name="Open an account").click()
    page.get_by_label("Email").fill("budi@langkah.example")
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    page.get_by_role("button", name="Open an account").click()
    page.wait_for_url("**/r/claim/")
    page.get_by_role("button", name="Add it to my account").click()
    if arrives == "before":
        expect(page.get_by_text("It is in your account now.")).to_be_visible()
        expect(page.get_by_role("heading", name="Bought at Dago")).to_be_visible()
    else:
        expect(page.get_by_text("We remember this receipt.")).to_be_visible()
        tell()
        page.goto("/accounts/orders/")
        expect(page.get_by_text("Bought at Dago")).to_be_visible()
    assert [*wide(page), *barriers(page)] == []
    budi = Sale.objects.get().person.user
    assert budi.email == "budi@langkah.example"
    if arrives == "after":  # a session looks again after some minutes, or at the next sign-in
        sign_in(page, budi, site)
    page.goto(boots.get_absolute_url())
    expect(page.locator('.sizes [aria-current="true"]')).to_contain_text("42")
    expect(page.locator("#sizes")).to_have_text("Size 42, as you bought in Bandung")
    assert audit()["violations"] == []
