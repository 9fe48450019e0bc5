"""Collected at the till: its sale names the order, and the phone and the tablet hear of it."""

from datetime import UTC, datetime

import pytest
import requests
from playwright.sync_api import expect

from omni_sync.pos.drain import drain
from omni_sync.pos.secrets import secrets_of
from omni_sync.sales.models import Sale
from tests.e2e import books, pickups
from tests.e2e.books import Goods
from tests.e2e.looks import look
from tests.e2e.pickups import IN_STORE, by_itself, code_on, open_sheet, order, pack, pick, type_code
from tests.factories import as_body, make_connection, make_line, sale, sign

bank, shop, phone, tablet = pickups.bank, pickups.shop, pickups.phone, pickups.tablet


@pytest.fixture
def till(shop, site):
    """Menteng's: tells its sale through the real door, as often as it likes, and it is applied."""
    connection = make_connection(shop.store.partner, name="menteng-till")

    def sells(pickup, number="R-7", key="evt-till-7"):
        line = make_line(1, quantity=2, unit_price="149000", order=str(pickup.order.number), order_line="1")
        event = sale(shop.store.partner, number, [line], at=datetime.now(UTC), key=key, associate="Rudi", register="2")
        body = as_body([event])
        headers = sign(secrets_of(connection)[0], body)
        url = f"{site}/api/v1/pos/{connection.name}/events"
        answer = requests.post(url, data=body, headers=headers, timeout=10)
        assert answer.status_code == 202
        drain()
        return answer.json()["accepted"]

    return sells


def is_collected_once(shop, pickup):
    assert books.goods(shop) == Goods(left=7, promised=0, given=[-2], ended={"collected"})
    assert books.paid() == 298000
    assert Sale.objects.get().order == pickup.order
    books.are_right()


def test_the_till_is_faster_than_the_counter(phone, tablet, shop, bank, till, complaints):
    pickup = order(phone, shop, pay=IN_STORE)
    pick(tablet)
    pack(tablet)
    expect(phone.get_by_role("heading", name="Your bag is ready at Menteng")).to_be_visible()
    code = code_on(phone)
    type_code(tablet, code)
    expect(tablet.get_by_role("button", name="Paid in cash")).to_be_visible()
    with by_itself(phone, tablet):
        till(pickup)
        expect(phone.get_by_role("heading", name="You have your things. Thank you!")).to_be_visible()
        expect(tablet.get_by_text("Handed over. Thank you!")).to_be_visible()
        expect(tablet.get_by_role("button", name="Paid in cash")).to_have_count(0)
        look(phone, tablet)
        till(pickup)  # it says so again
    is_collected_once(shop, pickup)
    tablet.get_by_role("link", name="Another code").tap()
    tablet.locator("#code").fill(code)
    tablet.keyboard.press("Enter")
    expect(tablet.get_by_role("alert")).to_contain_text("This was handed over already.")
    assert "409" in complaints.pop()
    is_collected_once(shop, pickup)
    assert books.history(pickup)[-1] == ("collected", "Rudi", "R-7")
    assert books.letters() == ["placed", "ready"]


def test_the_till_sells_what_is_still_to_be_picked(phone, tablet, shop, bank, till):
    with by_itself(tablet):
        pickup = order(phone, shop, pay=IN_STORE)
        expect(tablet.locator("#need-placed")).to_be_visible()
    open_sheet(tablet)
    tablet.get_by_role("button", name="Start to pick").tap()
    expect(phone.get_by_text("Somebody is packing your bag.")).to_be_visible()
    with by_itself(phone, tablet):
        till(pickup)
        expect(phone.get_by_role("heading", name="You have your things. Thank you!")).to_be_visible()
        expect(tablet.get_by_text("This was handed over already.")).to_be_visible()
        expect(tablet.get_by_role("button", name="Found all 2")).to_have_count(0)
        look(phone, tablet)
    is_collected_once(shop, pickup)
    assert books.history(pickup)[1:] == [("picking", "Sari", ""), ("collected", "Rudi", "R-7")]
    assert books.letters() == ["placed"]
