"""One of two is not there: the shopper is asked on the phone, and waits or has the money back; the tablet follows."""

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
ASK = "Ask the shopper: wait or refund?"
QUESTION = "1 of 2 × Kawan tee, M is not there just now"  # noqa: RUF001 - as it is read


def one_is_missing(tablet):
    """One goes into the bag; of the other its shopper is asked."""
    open_sheet(tablet)
    tablet.get_by_role("button", name="Start to pick").tap()
    tee = tablet.locator(".item")
    tee.get_by_role("button", name="One more").tap()
    expect(tee.locator(".badge")).to_have_text("1 of 2 in the bag")
    tee.locator("summary").tap()
    look(tablet)
    tee.get_by_role("button", name=ASK).tap()
    expect(tee.get_by_text("Asked at")).to_be_visible()


def test_who_does_not_wait_has_the_money_back_and_collects_the_rest(phone, tablet, shop, bank):
    pickup = order(phone, shop, pay=BY_CARD)
    with by_itself(phone):
        one_is_missing(tablet)
        expect(phone.get_by_role("heading", name=QUESTION)).to_be_visible()
        look(phone, tablet)
    with by_itself(tablet):
        phone.get_by_role("button", name="Refund this").tap()
        expect(phone.get_by_text("You did not want to wait for Kawan tee")).to_be_visible()
        expect(tablet.locator(".item").get_by_text("1 of 2: the shopper did not want to wait")).to_be_visible()
        look(phone, tablet)
    pack(tablet)
    type_code(tablet, code_on(phone))
    expect(tablet.locator(".due")).to_have_text("All is paid.")
    hand_over(tablet)
    assert books.goods(shop) == Goods(left=8, promised=0, given=[-1], ended={"short", "collected"})
    assert books.money(bank) == Money("succeeded", taken=14900000, back=0)
    steps = [("placed", "web", ""), ("picking", "Sari", ""), ("picking", "web", "")]
    assert books.history(pickup) == [*steps, ("ready", "Sari", ""), ("collected", "Sari", "")]
    assert PickupLine.objects.get().short_reason == ShortReason.NOT_WAITED
    assert books.letters() == ["placed", "asked", "short", "ready"]
    books.are_right()


def test_who_waits_gets_it_when_it_is_found(phone, tablet, shop, bank):
    order(phone, shop, pay=IN_STORE)
    with by_itself(phone):
        one_is_missing(tablet)
        expect(phone.get_by_role("heading", name=QUESTION)).to_be_visible()
        expect(phone.get_by_role("button", name="Leave this out")).to_be_visible()
    with by_itself(tablet):
        phone.get_by_role("button", name="I'll wait").tap()
        expect(phone.get_by_text("You wait for Kawan tee, M.")).to_be_visible()
        expect(tablet.get_by_text("The shopper waits")).to_be_visible()
        look(phone, tablet)
    assert books.goods(shop) == Goods(left=9, promised=2, given=[], ended=set())
    with by_itself(phone):
        tablet.get_by_role("button", name="Found all 2").tap()
        expect(phone.get_by_text("Kawan tee, M was found: it is in your bag.")).to_be_visible()
        pack(tablet)
        expect(phone.get_by_role("heading", name="Your bag is ready at Menteng")).to_be_visible()
    assert books.letters() == ["placed", "asked", "ready"]
    books.are_right()
