"""Called off by either side while the other looks at it: seen at once, put back where it was picked, paid by nobody."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from instore.pickup.tasks import take_before_it_ends
from instore.staff.models import Role
from omni_sync.payments.models import Payment
from tests.e2e import books, pickups
from tests.e2e.books import Goods, Money
from tests.e2e.looks import look
from tests.e2e.pickups import BY_CARD, IN_STORE, by_itself, code_on, open_sheet, order, pack, pick, type_code

bank, shop, phone, tablet = pickups.bank, pickups.shop, pickups.phone, pickups.tablet
GONE = Goods(left=9, promised=0, given=[], ended={"cancelled"})


def call_off(phone):
    phone.get_by_role("link", name="I don't want it any more").tap()
    phone.get_by_role("button", name="Yes, cancel it").tap()
    expect(phone.get_by_role("heading", name="This order is cancelled")).to_be_visible()


def cancel(tablet):
    tablet.get_by_text("Cancel this pickup").tap()
    look(tablet)
    tablet.get_by_role("button", name="Yes, cancel it").tap()
    expect(tablet.locator("#pickup").get_by_text("Cancelled", exact=True)).to_be_visible()


def test_the_shopper_cancels_while_it_is_picked(phone, tablet, shop, bank):
    pickup = order(phone, shop, pay=BY_CARD)
    pick(tablet)
    with by_itself(tablet):
        call_off(phone)
        expect(tablet.get_by_role("alert")).to_contain_text("Put the goods back where they were.")
        expect(tablet.get_by_role("button", name="The bag is ready")).to_have_count(0)
    look(phone, tablet)
    assert books.goods(shop) == GONE
    assert books.money(bank) == Money("canceled", taken=0, back=0)
    assert books.history(pickup)[-2:] == [("picking", "Sari", ""), ("cancelled", "web", "")]
    assert books.letters() == ["placed", "cancelled"]
    books.are_right()


def test_the_shopper_cancels_while_their_bag_is_on_the_counter(phone, tablet, shop, bank):
    pickup = order(phone, shop, pay=IN_STORE)
    pick(tablet)
    pack(tablet)
    expect(phone.get_by_role("heading", name="Your bag is ready at Menteng")).to_be_visible()
    type_code(tablet, code_on(phone))
    with by_itself(tablet):
        call_off(phone)
        expect(tablet.get_by_role("alert")).to_contain_text("Put the goods back where they were.")
        expect(tablet.get_by_role("button", name="Paid in cash")).to_have_count(0)
    look(tablet)
    assert books.goods(shop) == GONE
    assert books.paid() == 0
    assert books.history(pickup)[-1] == ("cancelled", "web", "")
    assert books.letters() == ["placed", "ready", "cancelled"]
    books.are_right()


def test_it_leaves_today_when_the_shopper_cancels(phone, tablet, shop, bank):
    with by_itself(tablet):
        order(phone, shop, pay=IN_STORE)
        expect(tablet.locator("#need-placed")).to_be_visible()
        call_off(phone)
        expect(tablet.get_by_text("Nothing needs you right now.")).to_be_visible()
    assert books.goods(shop) == GONE
    assert books.letters() == ["placed", "cancelled"]
    books.are_right()


def test_the_store_cancels_before_the_money_is_taken(phone, tablet, shop, bank):
    pickup = order(phone, shop, pay=BY_CARD)
    with by_itself(phone):
        open_sheet(tablet)
        cancel(tablet)
        expect(phone.get_by_role("heading", name="This order is cancelled")).to_be_visible()
        expect(phone.get_by_text("What you paid is given back the way you paid it")).to_be_visible()
    expect(tablet.get_by_role("alert")).to_have_count(0)  # nothing was in the bag
    look(phone, tablet)
    assert books.goods(shop) == GONE
    assert books.money(bank) == Money("canceled", taken=0, back=0)
    assert books.history(pickup) == [("placed", "web", ""), ("cancelled", "Sari", "")]
    assert books.letters() == ["placed", "cancelled"]
    books.are_right()


def test_the_store_cancels_after_the_money_was_taken(phone, tablet, shop, bank):
    shop.sari.assignments.update(role=Role.MANAGER)  # a bag that is ready is cancelled by nobody else
    pickup = order(phone, shop, pay=BY_CARD)
    pick(tablet)
    pack(tablet)
    Payment.objects.update(capture_before=timezone.now() + timedelta(hours=1))
    assert take_before_it_ends() == 1
    assert books.money(bank) == Money("succeeded", taken=29800000, back=0)
    with by_itself(phone):
        cancel(tablet)
        expect(phone.get_by_role("heading", name="This order is cancelled")).to_be_visible()
        expect(phone.locator(".code-card")).to_have_count(0)
    expect(tablet.get_by_role("alert")).to_contain_text("Put the goods back where they were.")
    assert books.goods(shop) == GONE
    assert books.money(bank) == Money("succeeded", taken=29800000, back=29800000)
    assert books.history(pickup)[-1] == ("cancelled", "Sari", "")
    assert books.letters() == ["placed", "ready", "cancelled"]
    books.are_right()
