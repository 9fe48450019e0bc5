"""A till's sale of Menteng comes back to Dago's tablet by the link of its receipt."""

from datetime import timedelta
from functools import partial
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import expect

from instore.receipts.issue import issue
from instore.staff.models import Role
from omni_sync.sales.models import Return
from omni_sync.seal import unseal
from omni_sync.stock.audit import audit
from tests.e2e.looks import look
from tests.e2e.tablets import at
from tests.e2e.test_tablet import PHONE, TABLET
from tests.instore.returns.conftest import given, make_world, on_hand, sold

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def till_sale(transactional_db, clean_cache):
    world = make_world()
    order = sold(world, at=timezone.now() - timedelta(days=2))
    with transaction.atomic():
        token = unseal(issue(order=order).sealed)
    return SimpleNamespace(world=world, order=order, link=f"https://langkah.example/r/{token}")


@pytest.fixture
def at_dago(till_sale, open_page, site):
    """Rina, signed in on a device of the size that is asked for."""
    return partial(at, till_sale.world.dago, open_page, site)


@pytest.mark.parametrize("device", [PHONE, TABLET], ids=["390", "820"])
def test_sale_of_one_shop_comes_back_to_another(till_sale, at_dago, device):
    world, order = till_sale.world, till_sale.order
    page = at_dago(**device)
    page.get_by_role("link", name="Take goods back").tap()
    expect(page.locator("#code")).to_be_visible()
    look(page)
    page.locator("#code").fill(till_sale.link)
    page.get_by_role("button", name="Find the purchase").tap()
    main = page.locator("main")
    for words in ("Tee, black, M", "3 can come back", "Menteng", "Rp479,900"):
        expect(main).to_contain_text(words)
    look(page)
    tee = page.locator(".item").first
    tee.get_by_label("Come back").select_option("2")
    expect(page.locator("#sum")).to_contain_text("Rp287,220")
    tee.get_by_label("Why").select_option(label="Does not fit")
    look(page)
    page.get_by_role("button", name="Take back and give Rp287,220").tap()
    expect(page.get_by_role("status").filter(has_text="Taken back")).to_contain_text("Give Rp287,220 in cash.")
    expect(page.locator(".item").first).to_contain_text("1 can come back")
    look(page)
    assert (on_hand(world.dago), on_hand(world.menteng), given(order)) == (2, 6, 287220)
    assert Return.objects.get().lines.get().taken_back.reason == "size"
    assert audit()["violations"] == []


def open_sum(page, order):
    """One tee chosen, and its sum there in cash."""
    page.goto(f"/staff/returns/{order.pk}/")
    page.locator(".item").first.get_by_label("Come back").select_option("1")
    expect(give(page)).to_contain_text("Take back and give Rp143,610 in cash")


def keep(asked, route):
    """The answer is late."""
    asked.append(route)


def give(page):
    return page.get_by_role("button", name="Take back and give")


def test_way_that_was_tapped_without_a_connection_is_on_the_button_when_it_is_back(till_sale, at_dago, complaints):
    page = at_dago(**TABLET)
    open_sum(page, till_sale.order)
    page.context.set_offline(True)
    page.get_by_label("As a voucher").check()
    expect(page.locator("[data-told=offline]")).to_be_visible()
    page.context.set_offline(False)
    expect(give(page)).to_contain_text("Rp143,610 as a voucher")
    give(page).tap()
    expect(page.get_by_role("status").filter(has_text="Taken back")).to_contain_text("goes back as a voucher.")
    complaints.clear()  # the connection was cut


def test_button_waits_for_its_sum_and_gives_nothing_else_than_it_says(till_sale, at_dago, complaints):
    page = at_dago(**TABLET)
    open_sum(page, till_sale.order)
    asked, here = [], f"**/staff/returns/{till_sale.order.pk}/?*"
    page.route(here, lambda route: keep(asked, route))
    page.get_by_label("As a voucher").check()
    expect(give(page)).to_be_disabled()
    asked.pop().abort()
    expect(give(page)).to_be_enabled()
    give(page).tap()
    expect(page.get_by_role("alert").filter(has_text="in another way than the button said")).to_be_visible()
    expect(give(page)).to_contain_text("Rp143,610 as a voucher")
    assert not Return.objects.exists()
    look(page)
    page.unroute(here)
    give(page).tap()
    expect(page.get_by_role("status").filter(has_text="Taken back")).to_contain_text("goes back as a voucher.")
    assert Return.objects.get().refunds[0]["method"] == "voucher"
    complaints.clear()  # an answer was cut off, and a tap refused


@pytest.mark.parametrize("device", [PHONE, TABLET], ids=["390", "820"])
def test_manager_sees_what_is_given_without_a_receipt_while_it_is_typed(till_sale, at_dago, device):
    page = at_dago(role=Role.MANAGER, **device)
    page.goto("/staff/returns/without/?article=TEE")
    page.locator("#each").press_sequentially("149.000")
    expect(page.get_by_role("alert").filter(has_text="too many decimals")).to_be_visible()
    look(page)
    page.locator("#each").fill("100,000")
    expect(give(page)).to_contain_text("Take back and give Rp100,000 in cash")
    page.locator("#note").fill("A present")
    look(page)
    give(page).tap()
    expect(page.get_by_role("status").filter(has_text="Taken back")).to_contain_text("Give Rp100,000 in cash.")
    look(page)
