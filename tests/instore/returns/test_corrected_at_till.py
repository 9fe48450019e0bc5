"""What came back of a sale whose content was wrong came back of the one that takes its place: once, and no more."""

from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model

from instore.receipts.address import token_of
from instore.receipts.find import by_token, of_order
from instore.receipts.gift import gift_token
from instore.receipts.models import Receipt
from instore.returns import exceptions as refusals
from instore.returns.find import find_gift, find_order
from omni_sync.oscar.models import Order
from omni_sync.pos.drain import drain
from omni_sync.pos.models import InboxEvent
from omni_sync.pos.resolve import accept_as_correction, accept_as_new
from omni_sync.sales.handover import part_of
from omni_sync.sales.models import Flag, Return, Sale
from omni_sync.stock.audit import audit
from tests.factories import returned, sale, tell_all, voided
from tests.instore.returns.conftest import LINES, SUMS, fresh, given, on_hand, sold, take

pytestmark = pytest.mark.django_db
CLAIM = "k7" * 13
CASH = [{"method": "cash", "amount": "146000"}]


def told_again(world, answer, lines=LINES, **more):
    """Menteng's till says something else of R-1, and Dewi answers; the order of what stands then."""
    paid = [{"method": "cash", "amount": SUMS["total"]}]
    tell_all(world.till, sale(world.menteng.partner, "R-1", list(lines), payments=paid, **SUMS, **more))
    by, _ = get_user_model()._default_manager.get_or_create(email="dewi@example.com")
    assert answer(event=InboxEvent.objects.get(state="conflict"), by=by)
    drain()
    return Order.objects.filter(sale__voided_at=None).latest("pk")


def corrected(world, **more):
    return told_again(world, accept_as_correction, associate="somebody else", **more)


def test_what_a_tablet_took_back_before_comes_back_no_more(world):
    order = sold(world)
    take(world, order, 2)
    right = corrected(world)
    assert right != order
    assert (fresh(right).pieces, given(order)) == (2, 0)
    with pytest.raises(refusals.TooMany):
        take(world, right, 2, number=2)
    take(world, right, 1, 1, number=3)
    assert given(right) == Decimal(479900)
    assert on_hand(world.dago) == 3
    assert audit()["violations"] == []


@pytest.mark.parametrize("when", ["before", "after"])
def test_what_a_till_took_back_comes_back_no_more(world, when):
    sold(world)
    brought = returned(world.menteng.partner, "B-1", {"TEE": 1}, of="R-1", amount="146000", refunds=CASH)
    if when == "before":
        tell_all(world.till, brought)
    right = corrected(world)
    if when == "after":
        tell_all(world.till, brought)
    assert Return.objects.get().order == right
    take(world, right, 2, 1)
    assert given(right) == Decimal(479900)
    with pytest.raises(refusals.AllBack):
        take(world, right, 1, number=2)


def test_correction_of_a_correction_has_it_all(world):
    order = sold(world)
    take(world, order, 1)
    take(world, corrected(world), 1, number=2)
    right = corrected(world, register="C2")
    assert right.sale.number == "R-1~3"
    assert fresh(right).pieces == 2


def test_correction_that_sold_less_than_came_back_is_flagged(world):
    take(world, sold(world), 3)
    right = corrected(world, lines=[LINES[0] | {"quantity": 1}, LINES[1]])
    assert Return.objects.get().flags == [Flag.OVER_RETURN]
    assert fresh(right).pieces == 1


def test_void_afterwards_puts_no_piece_back_twice(world):
    take(world, sold(world), 2)
    right = corrected(world)
    tell_all(world.till, voided(world.menteng.partner, sale="R-1"))
    assert Flag.VOIDED_AFTER_RETURN in Sale.objects.get(order=right).flags
    assert (on_hand(world.menteng), on_hand(world.dago)) == (7, 2)
    assert audit()["violations"] == []


def test_number_on_the_paper_opens_what_stands_in_its_place(world):
    sold(world)
    right = corrected(world)
    assert find_order("R-1") == right


def test_number_of_the_ticket_that_handed_an_order_over_opens_that(world):
    order = sold(world)
    Sale.objects.filter(order=order).update(number=part_of("T-9", "100042"))
    assert find_order("T-9") == order
    assert find_order("T-9 for 100042") == order


def test_what_was_accepted_as_another_sale_is_another(world):
    order = sold(world)
    other = told_again(world, accept_as_new, associate="somebody else")
    assert (find_order("R-1"), find_order("R-1~2")) == (order, other)


def test_qr_of_the_paper_opens_what_stands_in_its_place(world):
    order = sold(world, claim=CLAIM, **SUMS)
    assert by_token(CLAIM).order == order
    right = corrected(world, claim=CLAIM)
    assert by_token(CLAIM).order == right
    assert find_order(f"https://shop.example/r/{CLAIM}") == right
    assert by_token(token_of(of_order(right))).order == right


def test_receipt_that_we_issued_opens_what_stands_in_its_place(world):
    token = token_of(of_order(sold(world)))
    right = corrected(world)
    assert by_token(token).order == right
    tell_all(world.till, voided(world.menteng.partner, sale="R-1"))
    assert by_token(token).order.sale.voided_at is not None


def test_gift_receipt_opens_what_stands_in_its_place(world):
    token = gift_token(receipt=of_order(sold(world)))
    right = corrected(world)
    assert find_gift(f"https://shop.example/r/{token}") == right


def test_two_sales_with_one_claim_have_a_receipt_each(world):
    """Whose secret it is nobody knows; who bought it all the same has a receipt."""
    orders = [sold(world, number, claim=CLAIM, **SUMS) for number in ("R-1", "R-2")]
    assert [of_order(order).order for order in orders] == orders
    assert Receipt.objects.exclude(sealed=None).count() == 1
