"""A shopper keeps a list at home, an associate adds to it in the shop, and at night it is there with her note."""

import pytest
from django.db import transaction
from django.test import Client
from playwright.sync_api import Page, expect

from instore.stores.own import keep_own_store
from omni_sync.lists.add import Adviser, add_to_list
from omni_sync.oscar.models import WishLine
from tests.e2e.conftest import DESK, PHONE
from tests.e2e.looks import looked_at
from tests.instore.places import make_product, make_store, make_warehouse, put


@pytest.fixture
def menteng(transactional_db):
    return make_store("menteng").partner


@pytest.fixture
def shoes(menteng):
    """A pair that is listed at home, and a better one."""
    made = []
    for title, sku in (("Tapak runner", "RUN"), ("Lapangan court shoe", "CRT")):
        style = make_product(title, structure="parent")
        size = make_product(f"{title}, 42", parent=style, size="42")
        for place in (menteng, make_warehouse()):
            put(size, place, 3, sku=sku)
        made.append(size)
    return made


@pytest.fixture
def budi(menteng, django_user_model):
    """Menteng is his shop."""
    user = django_user_model.objects.create_user("budi@example.com", "x", first_name="Budi")
    with transaction.atomic():
        keep_own_store(user_id=user.pk, code=menteng.code)
    return user


def sign_in(page: Page, user, site) -> None:
    client = Client()
    client.force_login(user)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])


def things(page: Page):
    return page.locator("#list h2")


def test_a_list_from_home_to_the_shop_and_back_and_shown_to_a_friend(open_page, site, menteng, shoes, budi, complaints):
    tried, better = shoes
    home = open_page("about:blank", **DESK)
    sign_in(home, budi, site)
    home.goto(tried.get_absolute_url())
    with home.expect_navigation():
        home.locator("#wish").click()
    wishlist = WishLine.objects.get().wishlist
    home.goto(f"/accounts/wishlists/{wishlist.key}/")
    expect(things(home)).to_have_text(["Tapak runner, 42"])
    home.evaluate("window.opened = 'once'")

    sari = Adviser(name="Sari W.", store_id=menteng.pk, associate_key="7")
    add_to_list(user_id=budi.pk, product_id=better.pk, note="Wider at the toe.", adviser=sari)
    expect(home.locator(".said")).to_contain_text("Wider at the toe.")
    expect(home.locator(".said")).to_contain_text("Sari W. at Menteng")
    expect(home.locator(".where")).to_have_text(["Menteng: 3 left"] * 2)
    assert home.evaluate("window.opened") == "once"
    looked_at(home)

    home.get_by_role("button", name="Make a link").click()
    expect(home.get_by_role("button", name="Copy the link")).to_be_visible()
    looked_at(home)
    link = home.locator("#share").input_value()
    friend = open_page(link.removeprefix(site), **PHONE)
    expect(things(friend)).to_have_count(2)
    looked_at(friend)
    home.get_by_role("link", name="Take off Tapak runner").click()
    home.get_by_role("button", name="Take it off").click()
    expect(things(home)).to_have_text(["Lapangan court shoe, 42"])
    expect(things(friend)).to_have_count(1)

    friend.get_by_role("button", name="Put it on my list").click()
    expect(friend.get_by_role("heading", level=1)).to_have_text("The list in this browser")
    looked_at(friend)
    friend.goto(link)
    expect(things(friend)).to_have_count(1)
    home.get_by_role("button", name="End this link").click()
    expect(home.get_by_role("button", name="Make a link")).to_be_visible()
    expect(friend.get_by_role("heading", level=1)).to_have_text("This list is no longer shared")
    friend.evaluate("0")  # what the console said before is here
    assert [said for said in complaints if "410" not in said] == []
    complaints.clear()
