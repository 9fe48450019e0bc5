"""A shopper's phone: the page follows the store, the store hears of the shopper, and nothing is too small to tap."""

import pytest
from playwright.sync_api import expect

from instore.pickup.code import token_of
from instore.pickup.models import Pickup, State
from instore.pickup.ready import mark_ready
from tests.e2e.looks import barriers, wide
from tests.instore.pickup import conftest as pickups
from tests.instore.pickup.conftest import RINA, pick_all, state_of, to_picking

basket, order, product, request_of, strategy, shop, collected, pickup = (
    pickups.basket, pickups.order, pickups.product, pickups.request_of, pickups.strategy, pickups.shop,
    pickups.collected, pickups.pickup,
)  # fmt: skip

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "locale": "en-GB"}


@pytest.fixture
def waiting(transactional_db, clean_cache, pickup):
    store = type(pickup.store).objects
    store.update(street="Jalan Cikini 1", latitude="-6.19", longitude="106.84", phone="+62215550181")
    Pickup.objects.update(name="Dewi Ayu Lestari")
    return pickup


def look(page):
    """Nothing wrong with the page as it stands, and all of it big enough for a thumb."""
    assert [*wide(page), *barriers(page)] == []
    small = page.locator("main a, main button, main input").evaluate_all(
        "all => all.filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML)"
    )
    assert small == []


def test_the_phone_follows_the_store_and_tells_it_who_has_come(open_page, waiting):
    phone = open_page(f"/collect/{token_of(waiting)}/", **PHONE)
    expect(phone.get_by_text("Not ready yet")).to_be_visible()
    look(phone)
    to_picking(waiting)
    pick_all(waiting)
    mark_ready(pickup_id=waiting.pk, by=RINA)
    expect(phone.get_by_role("heading", name="Your bag is ready at Menteng")).to_be_visible(timeout=10_000)
    look(phone)
    phone.get_by_role("button", name="I'm here").tap()
    expect(phone.get_by_text("The store knows since")).to_be_visible()
    assert Pickup.objects.get().here_at is not None
    phone.get_by_role("link", name="Tell us their name").tap()
    expect(phone.get_by_label("Who comes?")).to_be_visible()
    look(phone)
    phone.get_by_label("Who comes?").fill("Ayu")
    phone.get_by_role("button", name="Save").tap()
    expect(phone.get_by_text("You said that Ayu may come.")).to_be_visible()
    phone.get_by_role("link", name="I don't want it any more").tap()
    expect(phone.get_by_role("heading", name="Cancel this order?")).to_be_visible()
    look(phone)
    phone.get_by_role("button", name="Yes, cancel it").tap()
    expect(phone.get_by_role("heading", name="This order is cancelled")).to_be_visible()
    look(phone)
    assert state_of(waiting) == State.CANCELLED
