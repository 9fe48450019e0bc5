"""From the basket to the hand-over, on the shopper's phone and the store's tablet at once."""

from playwright.sync_api import expect

from tests.e2e import books, pickups
from tests.e2e.books import Goods, Money
from tests.e2e.looks import look
from tests.e2e.pickups import (
    BY_CARD,
    IN_STORE,
    by_itself,
    code_on,
    hand_over,
    order,
    pack,
    pick,
    type_code,
)  # fmt: skip

bank, shop, phone, tablet = pickups.bank, pickups.shop, pickups.phone, pickups.tablet
THROUGH = [
    ("placed", "web", ""), ("picking", "Sari", ""), ("ready", "Sari", ""), ("collected", "Sari", ""),
]  # fmt: skip


def test_paid_in_the_store(phone, tablet, shop, bank):
    with by_itself(tablet):
        pickup = order(phone, shop, pay=IN_STORE)
        expect(tablet.locator("#need-placed")).to_be_visible()
        look(tablet)
    with by_itself(phone):
        pick(tablet)
        expect(phone.get_by_text("Somebody is packing your bag.")).to_be_visible()
        pack(tablet)
        expect(phone.get_by_role("heading", name="Your bag is ready at Menteng")).to_be_visible()
        type_code(tablet, code_on(phone))
        expect(tablet.locator(".due")).to_contain_text("298,000")
        hand_over(tablet, "Paid in cash")
        expect(phone.get_by_role("heading", name="You have your things. Thank you!")).to_be_visible()
    look(phone, tablet)
    assert books.goods(shop) == Goods(left=7, promised=0, given=[-2], ended={"collected"})
    assert bank.things("payment_intent") == []
    assert books.paid() == 298000
    assert books.history(pickup) == THROUGH
    assert books.letters() == ["placed", "ready"]
    books.are_right()


def test_paid_by_card_beforehand(phone, tablet, shop, bank):
    with by_itself(tablet):
        pickup = order(phone, shop, pay=BY_CARD)
        expect(tablet.locator("#need-placed")).to_be_visible()
    expect(phone.get_by_text("All is paid.")).to_be_visible()
    assert books.money(bank) == Money("requires_capture", taken=0, back=0)
    with by_itself(phone):
        pick(tablet)
        pack(tablet)
        expect(phone.get_by_role("heading", name="Your bag is ready at Menteng")).to_be_visible()
        look(phone)
    phone.get_by_role("button", name="I'm here").tap()
    expect(phone.get_by_text("Show the code at the counter.")).to_be_visible()
    with by_itself(phone):
        type_code(tablet, code_on(phone))
        expect(tablet.locator(".due")).to_have_text("All is paid.")
        look(tablet)
        hand_over(tablet)
        expect(phone.get_by_role("heading", name="You have your things. Thank you!")).to_be_visible()
    assert books.goods(shop) == Goods(left=7, promised=0, given=[-2], ended={"collected"})
    assert books.money(bank) == Money("succeeded", taken=29800000, back=0)
    assert books.history(pickup) == THROUGH
    assert books.letters() == ["placed", "ready"]
    books.are_right()
