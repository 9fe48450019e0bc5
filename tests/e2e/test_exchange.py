"""An M of Menteng goes for an L at Dago's tablet with a receipt of its own, and the L comes back another day."""

from datetime import timedelta
from functools import partial
from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from instore.receipts.models import Receipt
from omni_sync.oscar.models import Order
from omni_sync.sales.models import Return, Sale
from omni_sync.stock.audit import audit
from tests.e2e.looks import look
from tests.e2e.tablets import at
from tests.e2e.test_tablet import PHONE, TABLET
from tests.instore.exchanges.conftest import make_world, money_of, on_hand, sold

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def till_sale(transactional_db, clean_cache):
    world = make_world()
    return SimpleNamespace(world=world, order=sold(world, at=timezone.now() - timedelta(days=2)))


@pytest.fixture
def at_dago(till_sale, open_page, site):
    """Rina, signed in on a device of the size that is asked for."""
    return partial(at, till_sale.world.dago, open_page, site)


def find(page, number):
    page.goto("/staff/returns/")
    page.locator("#code").fill(number)
    page.get_by_role("button", name="Find the purchase").tap()
    page.locator(".item").first.get_by_label("Come back").select_option("1")


@pytest.mark.parametrize("device", [PHONE, TABLET], ids=["390", "820"])
def test_m_goes_for_l_with_a_receipt_of_its_own(till_sale, at_dago, device):
    world, order = till_sale.world, till_sale.order
    page = at_dago(**device)
    find(page, "R-1")
    page.locator(".item").first.get_by_label("Why").select_option(label="Does not fit")
    page.get_by_role("button", name="Exchange for another size or article").tap()
    main = page.locator("main")
    expect(main).to_contain_text("Another Kawan tee")
    look(page)
    page.locator(".swap-size", has_text="L").first.tap()
    expect(main).to_contain_text("Nothing to pay.")
    look(page)
    page.get_by_role("button", name="Exchange", exact=True).tap()
    expect(page.get_by_role("status").filter(has_text="Exchanged: X-")).to_be_visible()
    look(page)
    sale = Sale.objects.get(source="tablet")
    expect(main).to_contain_text(f"The new receipt: {Receipt.objects.get(order=sale.order).number}")
    expect(page.get_by_alt_text("Code that opens this receipt")).to_be_visible()
    assert (on_hand(world.dago, "M"), on_hand(world.dago, "L")) == (1, 1)
    assert Return.objects.get().exchange == sale.exchange
    find(page, sale.number)
    expect(page.locator("#sum")).to_contain_text("Give Rp149,000 in cash.")
    page.get_by_role("button", name="Take back and give Rp149,000").tap()
    expect(page.get_by_role("status").filter(has_text="Taken back")).to_contain_text("Give Rp149,000 in cash.")
    assert money_of(*Order.objects.filter(pk__in=[order.pk, sale.order_id])) == {}
    assert audit()["violations"] == []


def test_dearer_article_is_found_and_its_difference_paid_by_card(till_sale, at_dago):
    page = at_dago(**TABLET)
    find(page, "R-1")
    page.get_by_role("button", name="Exchange for another size or article").tap()
    page.locator("summary", has_text="Another article").tap()
    page.locator("#article").fill("HAT")
    page.get_by_role("button", name="Find", exact=True).tap()
    page.locator(".swap-size", has_text="One size").tap()
    expect(page.locator("#sum")).to_contain_text("To pay Rp101,000")
    look(page)
    page.get_by_role("button", name="Paid by card: exchange").tap()
    expect(page.get_by_role("status").filter(has_text="Exchanged: X-")).to_be_visible()
    assert money_of(Sale.objects.get(source="tablet").order) == {"card": 101000}
