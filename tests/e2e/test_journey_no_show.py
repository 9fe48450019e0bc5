"""Nobody comes: the code stops working, the store puts the goods back, and only then are they for sale again."""

import pytest
from playwright.sync_api import expect

from instore.pickup.tasks import expire_pickups
from tests.e2e import books, pickups
from tests.e2e.books import Goods, Money
from tests.e2e.looks import look
from tests.e2e.pickups import BY_CARD, IN_STORE, by_itself, code_on, open_sheet, order, pack, pick
from tests.instore.pickup.conftest import let_time_pass

bank, shop, phone, tablet = pickups.bank, pickups.shop, pickups.phone, pickups.tablet
STEPS = [
    ("placed", "web", ""), ("picking", "Sari", ""), ("ready", "Sari", ""), ("expired", "clock", ""),
    ("put_back", "Sari", ""),
]  # fmt: skip


@pytest.mark.parametrize("pay", [IN_STORE, BY_CARD])
def test_what_nobody_collected_is_for_sale_again(phone, tablet, shop, bank, complaints, pay):
    pickup = order(phone, shop, pay=pay)
    pick(tablet)
    pack(tablet)
    expect(phone.get_by_role("heading", name="Your bag is ready at Menteng")).to_be_visible()
    code = code_on(phone)
    tablet.get_by_role("link", name="Back to today").tap()
    expect(tablet.locator("#need-ready")).to_be_visible()
    with by_itself(phone, tablet):
        let_time_pass(pickup)
        assert expire_pickups() == 1
        expect(phone.get_by_role("heading", name="The bag was not collected in time")).to_be_visible()
        expect(phone.get_by_text("If you still want it, ask Menteng soon")).to_be_visible()
        expect(phone.locator(".code-card")).to_have_count(0)
        expect(tablet.locator("#need-expired")).to_be_visible()
        look(phone, tablet)
    assert books.goods(shop) == Goods(left=9, promised=2, given=[], ended=set())
    the_code_is_refused(tablet, code)
    assert "409" in complaints.pop()
    open_sheet(tablet)
    look(tablet)
    with by_itself(phone):
        tablet.get_by_role("button", name="All is back on the shelf").tap()
        expect(tablet.locator("#pickup").get_by_text("Put back on the shelf", exact=True)).to_be_visible()
        expect(phone.get_by_text("The things are back on the shelf.")).to_be_visible()
    look(phone, tablet)
    assert expire_pickups() == 0
    assert books.goods(shop) == Goods(left=9, promised=0, given=[], ended={"expired"})
    if pay == BY_CARD:
        assert books.money(bank) == Money("canceled", taken=0, back=0)
    assert books.paid() == 0
    assert books.history(pickup) == STEPS
    assert books.letters() == ["placed", "ready", "expired"]
    books.are_right()


def the_code_is_refused(tablet, code):
    """With what to do instead; then back to Today."""
    tablet.get_by_role("link", name="Hand over a bag").tap()
    tablet.locator("#code").fill(code)
    tablet.keyboard.press("Enter")
    expect(tablet.get_by_role("alert")).to_contain_text("The time to collect this is over.")
    look(tablet)
    tablet.get_by_role("link", name="Back to today").tap()
