"""Another size or another thing for what comes back: pieces, money and stock, once, in one transaction."""

from decimal import Decimal

import pytest
from django.core import mail

from instore.exchanges import exceptions as refusals
from instore.exchanges import exchange as exchanging
from instore.receipts.models import Receipt
from instore.receipts.paper import paper_of
from instore.returns.exceptions import AllBack, CashByManager, KeySpent, OtherCurrency, TooMany
from instore.returns.left import left_of
from instore.returns.models import Disposition, Method, Reason, TakenBack
from instore.returns.take_back import take_back
from instore.staff.models import Role
from instore.tablet.owed import Method as Pay
from omni_sync.messages.drain import send_messages
from omni_sync.oscar.models import Order, PaymentSource, StockRecord
from omni_sync.people.models import Person, Touchpoint
from omni_sync.people.sizes.wearing import Why
from omni_sync.pos.models import OutboxEvent
from omni_sync.sales.models import Return, Sale
from omni_sync.sales.worn import bought_sizes
from omni_sync.stock.audit import audit
from omni_sync.stock.models import Hold, Movement
from tests.factories import make_line, returned, tell_all
from tests.instore.exchanges.conftest import PRICE, key, methods, money_of, on_hand, sales, sold, swap
from tests.instore.returns.conftest import back, duty_at
from tests.instore.returns.conftest import key as return_key

pytestmark = pytest.mark.django_db


class Broken(Exception):
    """A machine that stops half way."""


def fresh(order):
    return left_of(Order.objects.get(pk=order.pk))


def bring(world, order, *quantities, number=1, method=Method.ORIGINAL, duty=None):
    return take_back(
        order=Order.objects.get(pk=order.pk), lines=back(order, *quantities), method=method,
        duty=duty or world.duty, key=return_key(number),
    )  # fmt: skip


def test_m_goes_for_l_and_nobody_pays(world):
    order = sold(world)
    done = swap(world, order, {"L": 1}, reason=Reason.SIZE)
    assert done.back.exchange == done.sale.exchange != ""
    assert (on_hand(world.dago, "M"), on_hand(world.dago, "L")) == (1, 1)
    assert methods(done.back) == {"exchange": Decimal(PRICE)}
    assert (done.sale.total, done.sale.flags, done.sale.channel) == (Decimal(PRICE), [], "tablet")
    (line,) = done.sale.order.lines.all()
    assert (line.title, line.quantity, line.line_price_incl_tax) == ("Kawan tee, L", 1, Decimal(PRICE))
    assert money_of(order) == {"cash": Decimal(PRICE)}
    assert money_of(done.sale.order) == {}
    assert Receipt.objects.get(order=done.sale.order).number == done.sale.number
    assert OutboxEvent.objects.filter(type="sale.recorded", data__sale=done.sale.number).count() == 1
    assert not Hold.objects.open().exists()
    assert fresh(order).pieces == 0
    assert audit()["violations"] == []


def test_whoever_bought_on_sale_pays_no_difference_for_another_size(world):
    lines = [make_line(1, "M", 1, unit_price=PRICE, discount="50001", amount="98999", tax="9811", tax_rate="11")]
    done = swap(world, sold(world, lines=lines), {"L": 1})
    assert (done.sale.total, methods(done.back)) == (98999, {"exchange": 98999})
    (line,) = paper_of(done.sale.order).lines
    assert (line.unit_price, line.discount, line.amount, line.tax, line.rate) == (149000, 50001, 98999, 9811, "11")
    assert paper_of(done.sale.order).adds_up


def test_another_size_that_costs_more_here_is_paid_as_it_costs(world):
    StockRecord.objects.filter(partner=world.dago.partner, partner_sku="L").update(price=Decimal(169000))
    done = swap(world, sold(world), {"L": 1}, pay=Pay.CARD)
    assert (done.sale.total, money_of(done.sale.order)) == (169000, {"card": 20000})


def test_dearer_thing_costs_its_price_of_today_and_the_difference_is_paid(world):
    order = sold(world)
    done = swap(world, order, {"HAT": 1}, shown=Decimal(101000))
    assert (done.sale.total, money_of(done.sale.order), methods(done.back)) == (
        250000, {"cash": 101000}, {"exchange": 149000},
    )  # fmt: skip
    assert sum(one.amount for one in paper_of(done.sale.order).paid) == 250000


def test_what_is_cheaper_gives_only_the_difference_back_the_way_it_was_paid(world):
    order = sold(world, method="card")
    done = swap(world, order, {"SOCK": 9})
    assert methods(done.back) == {"card": 148991, "exchange": 9}
    assert money_of(order) == {"card": 9}
    with pytest.raises(AllBack):
        bring(world, order, 1)


def test_difference_in_cash_for_a_card_is_a_managers(world):
    order = sold(world, method="card")
    with pytest.raises(CashByManager):
        swap(world, order, {"SOCK": 1}, method=Method.CASH)
    dewi = duty_at(world.dago, "Dewi", Role.MANAGER, "Office")
    assert methods(swap(world, order, {"SOCK": 1}, method=Method.CASH, duty=dewi).back)["cash"] == 148999


def test_more_of_the_style_than_came_back_costs_its_price_for_the_rest(world):
    lines = [make_line(1, "M", 1, unit_price=PRICE, discount="49000", amount="100000")]
    done = swap(world, sold(world, lines=lines), {"L": 2})
    assert sorted(line.line_price_incl_tax for line in done.sale.order.lines.all()) == [100000, 149000]
    assert money_of(done.sale.order) == {"cash": 149000}
    assert audit()["violations"] == []


def test_what_the_books_say_is_not_there_is_refused_and_nothing_happens(world):
    order = sold(world)
    with pytest.raises(refusals.NoneLeft) as refusal:
        swap(world, order, {"XL": 2}, 1)
    assert (refusal.value.title, refusal.value.left) == ("Kawan tee, XL", 1)
    with pytest.raises(refusals.NoneLeft):
        swap(world, order, {"M": 1}, disposition=Disposition.WASTE)  # what came back itself does not go out again
    assert not Return.objects.exists()
    assert not sales().exists()
    assert not Movement.objects.filter(kind="return").exists()
    assert fresh(order).pieces == 1


def test_broken_one_goes_for_the_same_again(world):
    done = swap(world, sold(world, "R-1"), {"L": 1}, number=1)
    again = swap(world, done.sale.order, {"L": 1}, number=2, reason=Reason.BROKEN, disposition=Disposition.WASTE)
    assert (on_hand(world.dago, "L"), again.sale.total) == (0, Decimal(PRICE))
    assert audit()["violations"] == []


def test_same_key_is_the_same_exchange(world):
    order = sold(world)
    assert swap(world, order, {"L": 1}) == swap(world, order, {"L": 1})
    assert (Return.objects.count(), sales().count(), on_hand(world.dago, "L")) == (1, 1, 1)
    for other in ({"XL": 1}, {"L": 2}):
        with pytest.raises(KeySpent):
            swap(world, order, other)
    with pytest.raises(KeySpent):
        take_back(order=order, lines=back(order, 1), method=Method.ORIGINAL, duty=world.duty, key=key(1))


def test_other_difference_than_was_shown_is_refused(world):
    order = sold(world)
    with pytest.raises(refusals.OtherDifference) as refusal:
        swap(world, order, {"HAT": 1}, shown=Decimal(0))
    assert refusal.value.difference == 101000
    assert not Return.objects.exists()


def test_what_is_not_sold_here_or_is_nothing_is_refused(world):
    order = sold(world)
    StockRecord.objects.filter(partner=world.dago.partner, partner_sku="HAT").update(price=None)
    with pytest.raises(refusals.NotForSale):
        swap(world, order, {"HAT": 1})
    StockRecord.objects.filter(partner=world.dago.partner, partner_sku="L").update(price_currency="EUR")
    with pytest.raises(refusals.NotForSale):
        swap(world, order, {"L": 1})
    world.goods["STYLE"] = world.style
    with pytest.raises(refusals.NotForSale):
        swap(world, order, {"STYLE": 1})
    with pytest.raises(refusals.NothingTaken):
        swap(world, order, {"SOCK": 0})
    with pytest.raises(TooMany):
        swap(world, order, {"SOCK": 1}, 2)
    Order.objects.filter(pk=order.pk).update(currency="EUR")
    with pytest.raises(OtherCurrency):
        swap(world, order, {"SOCK": 1})


@pytest.mark.parametrize("step", ["record", "hold", "release", "post", "issue", "tell_shopper"])
def test_failure_half_way_leaves_nothing(world, monkeypatch, step):
    order = sold(world)
    before = Movement.objects.count(), PaymentSource.objects.count(), Order.objects.count()

    def fail(**_):
        raise Broken

    monkeypatch.setattr(exchanging, step, fail)
    with pytest.raises(Broken):
        swap(world, order, {"L": 1})
    assert (Movement.objects.count(), PaymentSource.objects.count(), Order.objects.count()) == before
    assert [one for one in (Return, TakenBack, Hold, Receipt) if one.objects.exists()] == []
    assert not sales().exists()
    monkeypatch.undo()
    swap(world, order, {"L": 1})


def test_sale_is_of_whoever_bought_and_teaches_their_size(world):
    order = sold(world, customer={"loyalty": "4711"})
    person = Person.objects.get()
    done = swap(world, order, {"L": 1}, reason=Reason.SIZE)
    assert (done.back.person, done.sale.person) == (person, person)
    assert Touchpoint.objects.filter(person=person, kind="sale", store=world.dago.partner).count() == 1
    told = {(one.why, one.size) for one in bought_sizes(person_ids=[person.pk], user_ids=[])}
    assert told == {(Why.UNFIT, "M"), (Why.EXCHANGED, "L")}


def test_shopper_is_told_once_of_both(world):
    order = sold(world)
    Order.objects.filter(pk=order.pk).update(guest_email="ayu@example.com")
    for _ in range(2):
        swap(world, order, {"HAT": 1})
    send_messages()
    (letter,) = mail.outbox
    assert letter.to == ["ayu@example.com"]
    for words in ("Kawan tee, M", "Pagi hat", "a difference of Rp101", "/r/"):
        assert words in letter.body, words


# What went out comes back: value returns the way the first goods were paid.


def test_goods_taken_in_exchange_come_back_for_the_money_of_the_first(world):
    order = sold(world, method="card")
    done = swap(world, order, {"HAT": 1})
    row = bring(world, done.sale.order, 1)
    assert methods(row) == {"card": 149000, "cash": 101000}
    assert money_of(order, done.sale.order) == {}
    assert fresh(order).money == fresh(done.sale.order).money == 0


def test_value_goes_back_through_every_exchange_on_the_way(world):
    order = sold(world, method="card")
    first = swap(world, order, {"HAT": 1}, number=1)
    second = swap(world, first.sale.order, {"L": 1}, number=2)
    assert methods(second.back) == {"cash": 101000, "exchange": 149000} or methods(second.back) == {
        "card": 101000, "exchange": 149000,
    }  # fmt: skip
    third = swap(world, second.sale.order, {"XL": 1}, number=3)
    row = bring(world, third.sale.order, 1)
    assert sum(methods(row).values()) == 149000
    assert "exchange" not in methods(row)
    assert money_of(order, first.sale.order, second.sale.order, third.sale.order) == {}
    for one in (order, first.sale.order, second.sale.order, third.sale.order):
        assert fresh(one).money == 0
    assert audit()["violations"] == []


def test_rest_of_the_first_purchase_still_goes_back_after_the_exchanged_goods_did(world):
    lines = [make_line(1, "M", 1, unit_price=PRICE), make_line(2, "HAT", 1, unit_price="250000")]
    order = sold(world, lines=lines, method="card")
    done = swap(world, order, {"L": 1}, 1)
    assert methods(bring(world, done.sale.order, 1, number=1)) == {"card": 149000}
    assert fresh(order).money == 250000
    assert methods(bring(world, order, 0, 1, number=2)) == {"card": 250000}
    assert money_of(order, done.sale.order) == {}


def test_cash_for_goods_that_a_card_paid_for_is_a_managers(world):
    done = swap(world, sold(world, method="card"), {"L": 1})
    with pytest.raises(CashByManager) as refusal:
        bring(world, done.sale.order, 1, method=Method.CASH)
    assert refusal.value.most == 0
    dewi = duty_at(world.dago, "Dewi", Role.MANAGER, "Office")
    assert methods(bring(world, done.sale.order, 1, method=Method.CASH, duty=dewi)) == {"cash": 149000}
    assert fresh(done.sale.order).money == 0


def test_exchange_that_a_till_told_comes_back_the_same_way(world):
    order = sold(world)
    tell_all(
        world.till,
        returned(world.menteng.partner, "B-1", {"M": 1}, of="R-1", amount=PRICE, exchange="X-12",
                 refunds=[{"method": "exchange", "amount": PRICE}]),
    )  # fmt: skip
    taken = sold(world, "R-2", [make_line(1, "L", 1, unit_price=PRICE)], method="exchange", exchange="X-12")
    assert methods(bring(world, taken, 1)) == {"cash": 149000}
    assert money_of(order, taken) == {}


def test_sale_that_is_its_own_exchange_is_no_riddle(world):
    order = sold(world, method="exchange", exchange="X-1")
    Return.objects.create(order=order, source=order.sale.source, store=order.sale.store, number="B-1",
                          occurred_at=order.sale.occurred_at, currency="IDR", exchange="X-1")  # fmt: skip
    assert fresh(order).money == 149000
    assert Sale.objects.get().exchange == "X-1"
