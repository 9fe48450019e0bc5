"""A friend comes for it: named on the shopper's phone, shown on their own, given the bag by the store."""

import pytest
from playwright.sync_api import expect

from tests.e2e import books, pickups
from tests.e2e.books import Goods, Money
from tests.e2e.looks import look
from tests.e2e.pickups import (
    BY_CARD,
    PHONE,
    by_itself,
    code_on,
    hand_over,
    order,
    pack,
    pick,
    told_only,
    type_code,
)  # fmt: skip

bank, shop, phone, tablet = pickups.bank, pickups.shop, pickups.phone, pickups.tablet


@pytest.fixture
def friends_phone(open_page, shop):
    return told_only(open_page("about:blank", **PHONE))


def name_them(phone, name):
    phone.get_by_role("link", name="Tell us their name").tap()
    phone.get_by_label("Who comes?").fill(name)
    phone.get_by_role("button", name="Save").tap()
    expect(phone.get_by_text(f"You said that {name} may come.")).to_be_visible()


def test_a_friend_is_given_the_bag(phone, friends_phone, tablet, shop, bank):
    pickup = order(phone, shop, pay=BY_CARD)
    name_them(phone, "Budi")
    friends_phone.goto(phone.url)  # the shopper sent them the page
    with by_itself(phone, friends_phone):
        pick(tablet)
        pack(tablet)
        for page in (phone, friends_phone):
            expect(page.get_by_role("heading", name="Your bag is ready at Menteng")).to_be_visible()
        type_code(tablet, code_on(friends_phone))
        expect(tablet.get_by_text("Budi may collect it too.")).to_be_visible()
        tablet.get_by_label("It is Budi who takes it").check()
        look(tablet)
        hand_over(tablet)
        expect(tablet.get_by_text("Given to Budi")).to_be_visible()
        for page in (phone, friends_phone):
            expect(page.get_by_role("heading", name="Budi has your things. Thank you!")).to_be_visible()
    look(phone, friends_phone, tablet)
    assert books.goods(shop) == Goods(left=7, promised=0, given=[-2], ended={"collected"})
    assert books.money(bank) == Money("succeeded", taken=29800000, back=0)
    assert books.history(pickup)[-1] == ("collected", "Sari", "Budi")
    assert books.letters() == ["placed", "ready"]
    books.are_right()


def test_a_friend_was_named_and_the_shopper_came(phone, tablet, shop, bank):
    pickup = order(phone, shop, pay=BY_CARD)
    name_them(phone, "Budi")
    with by_itself(phone):
        pick(tablet)
        pack(tablet)
        type_code(tablet, code_on(phone))
        hand_over(tablet)
        expect(phone.get_by_role("heading", name="You have your things. Thank you!")).to_be_visible()
    assert books.history(pickup)[-1] == ("collected", "Sari", "")
    assert books.goods(shop) == Goods(left=7, promised=0, given=[-2], ended={"collected"})
    assert books.money(bank) == Money("succeeded", taken=29800000, back=0)
    books.are_right()
