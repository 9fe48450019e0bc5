"""Who brought back what they bought sees what is left of it; a till asks; who is forgotten leaves the money."""

import pytest
from django.contrib.auth import get_user_model

from instore.returns.models import Method
from instore.vouchers.codes import new_code, written
from instore.vouchers.models import CreditVoucher
from omni_sync.oscar.models import Order
from omni_sync.people.account import person_of
from omni_sync.people.signals import person_erased, person_exported
from omni_sync.pos.outbox.tokens import make_token
from omni_sync.sales.models import Sale
from tests.instore.returns.conftest import sold, take
from tests.instore.tablets import read
from tests.instore.vouchers.made import assert_ledger_is_right, balance, code_of, make_order, make_voucher, pay
from tests.instore.vouchers.test_refunds import take_gift

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]
HERE = "/accounts/vouchers/"


@pytest.fixture
def dewi(db):
    return get_user_model().objects.create_user("dewi@example.com", password="x")


def test_owner_sees_what_is_left_and_no_code(world, client, dewi):
    order = sold(world)
    Order.objects.filter(pk=order.pk).update(user=dewi)
    take(world, order, 1, method=Method.VOUCHER)
    voucher = CreditVoucher.objects.get()
    assert client.get(HERE).status_code == 302
    client.force_login(dewi)
    page = read(client.get(HERE))
    assert voucher.number in page
    assert written(code_of(voucher)) not in page
    assert "Kupon" not in page
    assert client.get(f"/id{HERE}").status_code == 200


def test_what_a_till_sold_them_is_theirs_and_a_present_is_not(world, client, dewi):
    order, present = sold(world), sold(world, "R-2")
    Sale.objects.update(person=person_of(user=dewi))
    take(world, order, 1, method=Method.VOUCHER, number=2)
    take_gift(world, present, 1)
    make_voucher(world.duty)
    client.force_login(dewi)
    page = read(client.get(HERE))
    mine = CreditVoucher.objects.get(sale_return__order=order)
    assert [one.number in page for one in CreditVoucher.objects.all()].count(True) == 1
    assert mine.number in page


def test_who_is_forgotten_leaves_the_money_to_its_bearer(world, dewi):
    order = sold(world)
    Order.objects.filter(pk=order.pk).update(user=dewi)
    take(world, order, 1, method=Method.VOUCHER)
    person = person_of(user=dewi)
    told = {}
    person_exported.send(
        sender=None, person_ids=[person.pk], user_ids=[dewi.pk], add=lambda kind, rows: told.update({kind: list(rows)})
    )
    voucher = CreditVoucher.objects.get()
    assert [row["number"] for row in told["vouchers"]] == [voucher.number]
    person_erased.send(sender=None, person_ids=[person.pk], user_ids=[dewi.pk], values=[dewi.email])
    voucher.refresh_from_db()
    assert voucher.sale_return is None
    pay(voucher, voucher.balance, order=make_order(), duty=world.duty)
    assert balance(voucher) == 0
    assert_ledger_is_right()


@pytest.fixture
def ask(client, world):
    token = make_token(connection=world.till)

    def ask(code, token=token):
        return client.get("/api/v1/vouchers", {"code": code}, headers={"Authorization": f"Bearer {token}"})

    return ask


def test_till_is_told_what_is_left(world, ask):
    voucher = make_voucher(world.duty)
    pay(voucher, 50000, order=make_order(), duty=world.duty)
    answer = ask(code_of(voucher).lower())
    voucher.refresh_from_db()
    assert answer.json() == {
        "number": voucher.number,
        "currency": "IDR",
        "balance": "150000",
        "state": "good",
        "good_until": voucher.ends_at.isoformat(),
    }
    assert answer.headers["Cache-Control"] == "no-store"
    assert balance(voucher) == 150000


def test_till_is_told_nothing_of_what_it_does_not_hold(world, ask):
    voucher = make_voucher(world.duty)
    assert ask(code_of(voucher), token="wrong").status_code == 401
    assert [ask(said).status_code for said in (voucher.number, new_code(), "\x00")] == [404] * 3
    assert {ask(new_code()).status_code for _ in range(121)} == {404, 429}
