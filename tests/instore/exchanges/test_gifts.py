"""A present is exchanged: who was given it gets what is over as a voucher; who bought it gets and hears nothing."""

from decimal import Decimal

import pytest
from django.core import mail

from instore.returns.models import Method
from instore.vouchers.codes import opened, written
from instore.vouchers.models import CreditVoucher
from omni_sync.messages.drain import send_messages
from omni_sync.oscar.models import Order, PaymentSource
from omni_sync.people.models import Person
from omni_sync.people.sizes.models import ForSomebodyElse
from omni_sync.people.sizes.worn import worn_sizes_of
from omni_sync.sales.models import Sale
from omni_sync.stock.audit import audit
from tests.instore.exchanges.conftest import PRICE, methods, money_of, sales, sold, swap
from tests.instore.exchanges.test_pages import form_in, out, page_of, tablet
from tests.instore.exchanges.test_vouchers import bring, left
from tests.instore.returns.test_pages import choice
from tests.instore.tablets import read
from tests.instore.vouchers.made import assert_ledger_is_right

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]
ALL = Decimal(PRICE)
__all__ = ["tablet"]


@pytest.fixture
def present(world):
    """A tee that somebody known bought by card, whose letters would go to them."""
    order = sold(world, method="card")
    Order.objects.filter(pk=order.pk).update(guest_email="buyer@example.com")
    Sale.objects.filter(order=order).update(person=Person.objects.create(name="Buyer"))
    return order


def code_on(voucher):
    return written(opened(voucher)[0])


def test_another_size_is_paid_by_a_voucher_of_its_own(world, present):
    done = swap(world, present, {"L": 1}, is_gift=True)
    voucher = CreditVoucher.objects.get()
    assert (voucher.is_gift, voucher.amount, voucher.balance) == (True, ALL, 0)
    assert methods(done.back) == {"voucher": ALL}
    paid = done.sale.order.sources.values_list("source_type__code", "amount_debited", "reference")
    assert list(paid) == [("voucher", ALL, voucher.number)]
    assert (done.back.person, done.sale.person) == (None, None)
    assert left(present) == 0
    assert_ledger_is_right()
    assert audit()["violations"] == []


def test_buyer_hears_nothing_of_it(world, present):
    swap(world, present, {"SOCK": 1}, is_gift=True)
    send_messages()
    assert mail.outbox == []


def test_buyer_hears_of_their_own(world, present):
    swap(world, present, {"SOCK": 1})
    send_messages()
    assert [one.to for one in mail.outbox] == [["buyer@example.com"]]


@pytest.mark.parametrize("method", [Method.ORIGINAL, Method.VOUCHER])
def test_what_was_taken_for_a_present_never_goes_back_to_the_buyer(world, present, method):
    done = swap(world, present, {"L": 1}, is_gift=True)
    row = bring(world, done.sale.order, method)
    assert methods(row) == {"voucher": ALL}
    assert sum(CreditVoucher.objects.values_list("balance", flat=True)) == ALL
    assert money_of(present) == {"card": ALL, "voucher": -ALL}
    assert not PaymentSource.objects.filter(source_type__code="card", amount_refunded__gt=0).exists()
    assert left(present, done.sale.order) == 0
    assert_ledger_is_right()


def test_what_is_over_stays_on_the_voucher(world, present):
    swap(world, present, {"SOCK": 1}, is_gift=True)
    assert CreditVoucher.objects.get().balance == ALL - 1
    assert_ledger_is_right()


def test_dearer_goods_take_all_of_it_and_the_rest_in_cash(world, present):
    done = swap(world, present, {"HAT": 1}, is_gift=True)
    assert money_of(done.sale.order) == {"voucher": ALL, "cash": Decimal(250000) - ALL}
    assert CreditVoucher.objects.get().balance == 0


def test_the_same_key_is_one_voucher(world, present):
    first = swap(world, present, {"SOCK": 1}, is_gift=True)
    assert swap(world, present, {"SOCK": 1}, is_gift=True) == first
    assert CreditVoucher.objects.count() == 1


def test_pages_of_a_present_say_no_price_of_it_and_hand_the_voucher_over(world, tablet, present):
    asked = choice(present, 1, gift="yes")
    led = tablet.post(f"/staff/returns/{present.pk}/", asked | {"show": "exchange"})
    assert led.url.startswith(f"{page_of(present)}?gift=yes&many")
    shown = tablet.get(page_of(present), asked | out(world, SOCK=1))
    page, text = read(shown), shown.content.decode()
    assert "Rp149,000" not in page
    assert "Give it in cash instead" not in page
    assert "Rp148,999 goes back as a voucher." in page
    assert f'href="/staff/returns/{present.pk}/?gift=yes&amp;many' in text
    form = form_in(shown)
    assert form["gift"] == "yes"
    answer = tablet.post(page_of(present), form)
    assert answer.url.endswith("&gift=yes")
    done = read(tablet.get(answer.url))
    assert "Rp148,999 goes back as a voucher." in done
    assert "Rp149,000" not in done
    assert code_on(CreditVoucher.objects.get()) in done


def test_a_voucher_that_paid_for_all_is_not_handed_over(world, tablet, present):
    shown = tablet.get(page_of(present), choice(present, 1, gift="yes") | out(world, L=1))
    assert "at the price that was paid" in read(shown)
    assert "Rp149,000" not in read(shown)
    done = read(tablet.get(tablet.post(page_of(present), form_in(shown)).url))
    assert f"Exchanged: {sales().get().number}." in done
    assert code_on(CreditVoucher.objects.get()) not in done
    assert "goes back" not in done.replace("worth goes back as a voucher", "")


def test_form_that_is_out_of_date_stays_a_present(world, tablet, present):
    form = form_in(tablet.get(page_of(present), choice(present, 1, gift="yes") | out(world, SOCK=1)))
    for address in (page_of(present), f"/staff/returns/{present.pk}/"):
        page = read(tablet.post(address, form | {"sum": "none"}), 409)
        assert "A present" in page
        assert "Rp149,000" not in page


def test_a_voucher_for_the_difference_is_handed_over(world, tablet):
    order = sold(world)
    shown = tablet.get(page_of(order), choice(order, 1, method="voucher") | out(world, SOCK=1))
    done = read(tablet.get(tablet.post(page_of(order), form_in(shown)).url))
    assert "Rp148,999 goes back as a voucher." in done
    assert code_on(CreditVoucher.objects.get()) in done


def test_cash_is_not_offered_instead_of_cash(world, tablet):
    order = sold(world)
    page = read(tablet.get(page_of(order), choice(order, 1) | out(world, SOCK=1)))
    assert "Give Rp148,999 in cash." in page
    assert "Give it in cash instead" not in page


@pytest.mark.parametrize(("is_gift", "size", "why"), [(True, None, None), (False, "L", "exchanged")])
def test_the_size_that_a_present_was_exchanged_for_is_not_its_buyers(world, present, is_gift, size, why):
    swap(world, present, {"L": 1}, is_gift=is_gift)
    worn = worn_sizes_of(Sale.objects.get(order=present).person)
    assert [(one.size, one.why) for one in worn] == ([(size, why)] if size else [])


def test_what_was_ordered_for_somebody_else_teaches_nothing_by_its_exchange_either(world, present):
    ForSomebodyElse.objects.create(order=present)
    done = swap(world, present, {"L": 1})
    assert done.sale.person == Sale.objects.get(order=present).person
    assert worn_sizes_of(done.sale.person) == ()
