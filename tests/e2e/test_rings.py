"""A shopper asks for somebody: every tablet of the store rings, also a locked one, and one goes."""

import pytest
from playwright.sync_api import expect

from instore.requests.ask import Wanted, ask
from instore.requests.find import by_token
from instore.requests.models import Kind, State, To
from instore.stores.shelves import ShelfPlace
from omni_sync.oscar.models import Product
from tests.e2e.looks import look
from tests.e2e.pickups import bank, by_itself, phone, shop, tablet  # noqa: F401 - fixtures
from tests.e2e.waits import until
from tests.instore.tablets import make_device

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_rings_on_the_tablet_and_somebody_goes(tablet, shop):  # noqa: F811
    tee = Product.objects.get(stockrecords__partner_sku="TEE", stockrecords__partner=shop.store.partner)
    ShelfPlace.objects.create(store=shop.store, product=tee, place="A-3")
    kiosk = make_device(shop.store, kind="kiosk", name="By the door")[0]
    tablet.evaluate("navigator.vibrate = (pattern) => { window.shaken = pattern; return true; }")
    with by_itself(tablet):
        asked = ask(
            store=shop.store, kind=Kind.BRING, to=To.FITTING_ROOM, wants=[Wanted(tee.pk)], device=kiosk, key="k" * 16
        )
        strip = tablet.get_by_role("link", name="1 shopper asks for somebody")
        expect(strip).to_be_visible()
        expect(tablet.get_by_text("Bring to the fitting room")).to_be_visible()
    until(tablet, lambda: tablet.evaluate("window.shaken") == [200, 100, 200])
    look(tablet)
    strip.tap()
    tablet.get_by_role("link", name="Bring to the fitting room").tap()
    expect(tablet.get_by_text("A-3")).to_be_visible()
    look(tablet)
    tablet.get_by_role("button", name="I'm coming").tap()
    expect(tablet.get_by_role("button", name="I can't go after all")).to_be_visible()
    expect(strip).to_be_hidden()
    request = by_token(asked.token)
    assert (request.state, str(request.taken_by)) == (State.TAKEN, "Sari")
    tablet.get_by_role("button", name="Done").tap()
    tablet.wait_for_url("**/staff/today/")
    assert by_token(asked.token).state == State.DONE


def test_locked_tablet_rings_and_leads_to_who_asks(tablet, shop):  # noqa: F811
    tablet.get_by_role("button", name="Lock this tablet").tap()
    tablet.wait_for_url("**/staff/")
    with by_itself(tablet):
        ask(
            store=shop.store, kind=Kind.HELP, place="A-3", device=make_device(shop.store, kind="kiosk")[0], key="k" * 16
        )
        expect(tablet.get_by_role("link", name="1 shopper asks for somebody")).to_be_visible()
    look(tablet)
    assert "A-3" not in tablet.content()
