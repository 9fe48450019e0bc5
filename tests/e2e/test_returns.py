"""A till's sale of Menteng comes back to Dago's tablet by the link of its receipt."""

from datetime import timedelta
from functools import partial
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import expect

from instore.receipts.issue import issue
from omni_sync.sales.models import Return
from omni_sync.seal import unseal
from omni_sync.stock.audit import audit
from tests.e2e.tablets import at
from tests.e2e.test_tablet import PHONE, TABLET, look
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
