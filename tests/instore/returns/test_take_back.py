"""Goods come back to a store that did not sell them: pieces, money and stock, once."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import transaction
from django.utils import timezone

from instore.returns import exceptions as refusals
from instore.returns.models import Disposition, Method, Reason, TakenBack, TakenBackLine
from instore.returns.shown import Shown
from instore.staff.models import Role
from omni_sync.messages.drain import send_messages
from omni_sync.messages.models import Message
from omni_sync.messages.preferences.choose import choose
from omni_sync.oscar.models import Order
from omni_sync.people.models import Person, Touchpoint
from omni_sync.sales.models import Flag, Return, ReturnLine, Sale
from omni_sync.stock.audit import audit
from omni_sync.stock.models import Movement
from tests.factories import make_line, returned, tell_all, voided
from tests.instore.returns.conftest import (
    back,
    duty_at,
    fresh,
    given,
    key,
    on_hand,
    sold,
    take,
)  # fmt: skip

pytestmark = pytest.mark.django_db


def test_goods_are_stock_of_the_store_that_received_them(world):
    """saleor#16667, odoo#32356."""
    order = sold(world)
    row = take(world, order, 1, 1, reason=Reason.SIZE)
    assert (on_hand(world.menteng), on_hand(world.dago), on_hand(world.dago, "BOOK")) == (6, 1, 1)
    assert (row.store, row.order, row.refunded_at is not None) == (world.dago.partner, order, True)
    assert Movement.objects.filter(kind="return", stockrecord__partner=world.dago.partner).count() == 2
    assert TakenBackLine.objects.filter(reason="size", disposition="sell").count() == 2
    assert TakenBack.objects.get().who == "Sari"
    assert audit()["violations"] == []


@pytest.mark.parametrize("disposition", [Disposition.REPAIR, Disposition.WASTE])
def test_what_is_not_sold_again_moves_nothing(world, disposition):
    take(world, sold(world), 1, disposition=disposition)
    assert on_hand(world.dago) is None
    assert not ReturnLine.objects.get().restock
    assert TakenBackLine.objects.get().disposition == disposition


def test_what_is_given_back_is_what_was_paid(world):
    """The document's discount and rounding are in it; the last pieces take the rest."""
    order = sold(world)
    amounts = [sum(take(world, order, 1, number=n).lines.values_list("amount", flat=True)) for n in (1, 2, 3)]
    last = take(world, order, 0, 1, number=4)
    assert sum(amounts) + last.lines.get().amount == given(order) == Decimal(479900)
    assert all(amount < 146333 for amount in amounts)
    with pytest.raises(refusals.AllBack):
        take(world, order, 1, number=5)


def test_second_refund_of_a_sale_is_not_dropped(world):
    """OCA/pos#1015: each has a number of its own."""
    order = sold(world)
    one, other = take(world, order, 1), take(world, order, 1, number=2)
    assert one.number != other.number
    assert Return.objects.filter(order=order).count() == 2
    assert order.sources.exclude(amount_refunded=0).count() == 2


def test_same_key_is_the_same_return(world):
    order = sold(world)
    assert take(world, order, 1) == take(world, order, 1)
    assert on_hand(world.dago) == 1
    with pytest.raises(refusals.KeySpent):
        take(world, order, 2)
    assert fresh(order).pieces == 3


def test_what_came_back_at_a_till_comes_back_no_more(world):
    order = sold(world)
    tell_all(world.till, returned(world.dago.partner, "B-1", {"TEE": 2}, of={"sale": "R-1", "store": "menteng"},
                                  refunds=[{"method": "cash", "amount": "2000"}]))  # fmt: skip
    with pytest.raises(refusals.TooMany) as refusal:
        take(world, order, 2)
    assert refusal.value.left == 1
    take(world, order, 1, 1)
    assert given(order) == Decimal(479900)


def test_till_that_takes_back_what_a_tablet_took_is_flagged(world):
    order = sold(world)
    take(world, order, 3, 1)
    tell_all(world.till, returned(world.menteng.partner, "B-1", {"TEE": 1}, of="R-1"))
    assert Return.objects.get(number="B-1").flags == [Flag.OVER_RETURN]


def test_return_that_a_till_voided_may_come_back_again(world):
    order = sold(world)
    tell_all(world.till, returned(world.menteng.partner, "B-1", {"TEE": 3}, of="R-1"))
    tell_all(world.till, voided(world.menteng.partner, **{"return": "B-1"}))
    assert take(world, order, 3).flags == []


def test_more_than_is_left_of_the_money_is_never_given(world):
    """A till gave nearly all of it back for one book."""
    order = sold(world)
    tell_all(world.till, returned(world.menteng.partner, "B-1", {"BOOK": 1}, of="R-1", amount="479000",
                                  refunds=[{"method": "cash", "amount": "479000"}]))  # fmt: skip
    row = take(world, order, 3)
    assert sum(line.amount for line in row.lines.all()) == 900
    assert given(order) == Decimal(479900)


def test_cash_for_what_was_not_paid_in_cash_is_given_by_a_manager(world):
    order = sold(world, method="card")
    with pytest.raises(refusals.CashByManager) as refusal:
        take(world, order, 1, method=Method.CASH)
    assert refusal.value.most == 0
    row = take(world, order, 1, method=Method.CASH, duty=duty_at(world.dago, "Dewi", Role.MANAGER, "Office"))
    assert [one["method"] for one in row.refunds] == ["cash"]
    rest = take(world, order, 2, 1, number=2)
    assert [one["method"] for one in rest.refunds] == ["card"]
    assert given(order) == Decimal(479900)


def test_till_of_a_manager_may_be_late_and_nobody_elses(world, settings):
    order = sold(world)
    settings.LINTAS_RETURN_DAYS = 30
    with pytest.raises(refusals.TooOld) as refusal:
        take(world, order, 1)
    assert refusal.value.days == 30
    take(world, order, 1, duty=duty_at(world.dago, "Dewi", Role.MANAGER, "Office"))
    recent = sold(world, "R-2", at=timezone.now() - timedelta(days=2))
    take(world, recent, 1, number=2)


def test_voided_sale_does_not_come_back(world):
    order = sold(world)
    tell_all(world.till, voided(world.menteng.partner, sale="R-1"))
    with pytest.raises(refusals.NeverHappened):
        take(world, order, 1)


def test_other_money_than_the_stores_is_refused(world):
    order = sold(world)
    Order.objects.update(currency="EUR")
    with pytest.raises(refusals.OtherCurrency):
        take(world, order, 1)


def test_line_that_is_not_theirs_or_nothing_at_all_is_refused(world):
    order, other = sold(world), sold(world, "R-2")
    with pytest.raises(refusals.UnknownLine):
        take_lines(world, order, back(other, 1))
    with pytest.raises(refusals.NothingChosen):
        take(world, order, 0, 0)
    with pytest.raises(refusals.UnknownLine):
        take_lines(world, order, back(order, 1) * 2)
    assert not Return.objects.exists()
    assert not Movement.objects.filter(kind="return").exists()


def take_lines(world, order, lines):
    from instore.returns.take_back import take_back

    return take_back(order=order, lines=lines, method=Method.ORIGINAL, duty=world.duty, key=key())


def test_sum_or_way_that_was_not_shown_is_not_given(world):
    from instore.returns.take_back import take_back

    order = sold(world)
    ask = {"order": order, "lines": back(order, 1), "method": Method.ORIGINAL, "duty": world.duty, "key": key()}
    with pytest.raises(refusals.OtherSum) as refusal:
        take_back(**ask, shown=Shown(Decimal(1), "original cash=143610"))
    with pytest.raises(refusals.OtherWay):
        take_back(**ask, shown=Shown(refusal.value.amount, "voucher voucher=143610"))
    assert not Return.objects.exists()
    take_back(**ask, shown=Shown(refusal.value.amount, "original cash=143610"))


def test_store_that_calls_something_else_that_gets_a_record_of_its_own(world):
    from tests.factories import make_record

    mug = make_record(world.dago.partner, sku="TEE", on_hand=4)
    take(world, sold(world), 1)
    assert on_hand(world.dago) == 1
    mug.refresh_from_db()
    assert mug.level.on_hand == 4


@pytest.mark.parametrize("lines", [1, 50])
def test_what_is_left_is_read_in_eight_queries(world, lines, django_assert_max_num_queries):
    goods = [make_line(n, "TEE", 1, unit_price="1000") for n in range(1, lines + 1)]
    order = sold(world, lines=goods, total=str(1000 * lines))
    take(world, order, 1)
    order = Order.objects.get(pk=order.pk)
    with django_assert_max_num_queries(8):
        assert fresh(order).pieces == lines - 1


def test_shopper_is_told_once_what_went_back(world):
    order = sold(world)
    Order.objects.filter(pk=order.pk).update(guest_email="ayu@example.com")
    take(world, order, 1)
    take(world, order, 1)
    send_messages()
    (letter,) = mail.outbox
    assert letter.to == ["ayu@example.com"]
    assert "Rp" in letter.subject
    assert "Tee, black, M" in letter.body


def test_letter_is_in_the_language_that_they_chose(world):
    order = sold(world)
    Order.objects.filter(pk=order.pk).update(guest_email="ayu@example.com")
    person = Person.objects.create(name="Ayu")
    Sale.objects.filter(order=order).update(person=Person.objects.create(merged_into=person))
    with transaction.atomic():
        choose(person=person, language="id", zone="", quiet_from=None, quiet_until=None)
    take(world, order, 1)
    assert Message.objects.get().language == "id"


def test_lines_of_a_sale_are_told_apart_by_what_was_paid_for_them(world):
    lines = [
        make_line(1, "TEE", 1, unit_price="149000", title="Tee"),
        make_line(2, "TEE", 1, unit_price="149000", discount="49000", amount="100000", title="Tee"),
    ]
    order = sold(world, lines=lines, total="249000")
    assert take(world, order, 0, 1).lines.get().amount == 100000
    assert take(world, order, 1, 0, number=2).lines.get().amount == 149000


def test_tax_on_top_comes_back_with_the_price(world):
    lines = [make_line(1, "TEE", 3, unit_price="100000", tax="33000", tax_rate="11")]
    order = sold(world, lines=lines, total="333000", tax_included=False)
    assert [take(world, order, 1, number=n).lines.get().amount for n in (1, 2, 3)] == [111000] * 3


def test_delivery_is_no_part_of_the_goods(world):
    lines = [make_line(1, "TEE", 1, unit_price="149000")]
    order = sold(world, lines=lines, shipping="20000", total="169000")
    assert take(world, order, 1).lines.get().amount == 149000
    assert fresh(order).money == 20000


def test_contact_is_on_the_timeline_as_the_tablets(world):
    order = sold(world)
    user = get_user_model().objects.create_user("ayu@example.com", "x")
    Order.objects.filter(pk=order.pk).update(user=user)
    take(world, order, 1)
    contact = Touchpoint.objects.get(kind="return")
    assert (contact.channel, contact.store) == ("tablet", world.dago.partner)
