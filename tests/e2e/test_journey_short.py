"""One of two is not there: the phone says so, the shopper takes the rest or nothing, the money follows."""

from playwright.sync_api import expect

from instore.pickup.models import PickupLine, ShortReason
from tests.e2e import books, pickups
from tests.e2e.books import Goods, Money
from tests.e2e.looks import look
from tests.e2e.pickups import (
    BY_CARD,
    IN_STORE,
    by_itself,
    code_on,
    hand_over,
    open_sheet,
    order,
    pack,
    type_code,
)  # fmt: skip

bank, shop, phone, tablet = pickups.bank, pickups.shop, pickups.phone, pickups.tablet
SHORT = [("placed", "web", ""), ("picking", "Sari", ""), ("picking", "Sari", "")]


def one_is_sold(tablet):
    """One goes into the bag; the other was sold in the store."""
    open_sheet(tablet)
    tablet.get_by_role("button", name="Start to pick").tap()
    tee = tablet.locator(".item")
    tee.get_by_role("button", name="One more").tap()
    expect(tee.locator(".badge")).to_have_text("1 of 2 in the bag")
    tee.locator("summary").tap()
    tee.get_by_role("button", name="Sold in the store").tap()
    expect(tee.locator(".badge")).to_have_text("1 of 2: sold in the store")


def phone_says_so(phone):
    expect(phone.get_by_text("Not all of it was there, and we are sorry.")).to_be_visible()
    expect(phone.get_by_text("1 is not there")).to_be_visible()
    expect(phone.get_by_role("link", name="I'd rather cancel it all")).to_be_visible()


def test_the_rest_is_collected_and_only_that_is_taken_from_the_card(phone, tablet, shop, bank):
    pickup = order(phone, shop, pay=BY_CARD)
    with by_itself(phone):
        one_is_sold(tablet)
        phone_says_so(phone)
        look(phone, tablet)
        assert books.money(bank) == Money("requires_capture", taken=0, back=0)
        pack(tablet)
        expect(phone.get_by_text("all the rest is in your bag")).to_be_visible()
        look(phone)
        type_code(tablet, code_on(phone))
        expect(tablet.locator(".due")).to_have_text("All is paid.")
        hand_over(tablet)
        expect(phone.get_by_role("heading", name="You have your things. Thank you!")).to_be_visible()
        expect(phone.get_by_text("1 is not there")).to_be_visible()
    look(phone, tablet)
    assert books.goods(shop) == Goods(left=8, promised=0, given=[-1], ended={"short", "collected"})
    assert books.money(bank) == Money("succeeded", taken=14900000, back=0)
    assert books.history(pickup) == [*SHORT, ("ready", "Sari", ""), ("collected", "Sari", "")]
    assert PickupLine.objects.get().short_reason == ShortReason.SOLD
    assert books.letters() == ["placed", "short", "ready"]
    books.are_right()


def test_the_rest_costs_less_at_the_counter(phone, tablet, shop, bank):
    pickup = order(phone, shop, pay=IN_STORE)
    with by_itself(phone):
        one_is_sold(tablet)
        phone_says_so(phone)
        expect(phone.locator(".collect-pay")).to_contain_text("Rp149,000")
        pack(tablet)
        expect(phone.get_by_text("all the rest is in your bag")).to_be_visible()
        type_code(tablet, code_on(phone))
        expect(tablet.locator(".due")).to_contain_text("Rp149,000")
        look(tablet)
        hand_over(tablet, "Paid by card")
        expect(phone.get_by_role("heading", name="You have your things. Thank you!")).to_be_visible()
    assert books.goods(shop) == Goods(left=8, promised=0, given=[-1], ended={"short", "collected"})
    assert bank.things("payment_intent") == []
    assert books.paid() == 149000
    assert books.history(pickup) == [*SHORT, ("ready", "Sari", ""), ("collected", "Sari", "")]
    assert books.letters() == ["placed", "short", "ready"]
    books.are_right()


def test_the_shopper_wants_all_or_nothing_and_pays_nothing(phone, tablet, shop, bank):
    pickup = order(phone, shop, pay=BY_CARD)
    with by_itself(phone):
        one_is_sold(tablet)
        phone_says_so(phone)
    with by_itself(tablet):
        phone.get_by_role("link", name="I'd rather cancel it all").tap()
        expect(phone.get_by_text("What you paid is given back the way you paid it")).to_be_visible()
        look(phone)
        phone.get_by_role("button", name="Yes, cancel it").tap()
        expect(phone.get_by_role("heading", name="This order is cancelled")).to_be_visible()
        expect(tablet.get_by_role("alert")).to_contain_text("Put the goods back where they were.")
        expect(tablet.get_by_role("button", name="The bag is ready")).to_have_count(0)
    look(phone, tablet)
    assert books.goods(shop) == Goods(left=9, promised=0, given=[], ended={"short", "cancelled"})
    assert books.money(bank) == Money("canceled", taken=0, back=0)
    assert books.history(pickup) == [*SHORT, ("cancelled", "web", "")]
    assert books.letters() == ["placed", "short", "cancelled"]
    books.are_right()
