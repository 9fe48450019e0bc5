"""The voucher as its bearer sees it, and what comes back as one at the tablet."""

from decimal import Decimal

import pytest
from django.core import mail
from django.db import transaction

from instore.receipts.address import link_of
from instore.receipts.issue import issue as issue_receipt
from instore.staff.models import Role
from instore.vouchers.codes import new_token, written
from instore.vouchers.models import CreditVoucher
from instore.vouchers.void import void
from omni_sync.messages.drain import send_messages
from omni_sync.oscar.models import Order
from omni_sync.sales.models import Return
from tests.e2e.looks import misshapen
from tests.instore.forms import fields_of
from tests.instore.returns.conftest import sold
from tests.instore.tablet.conftest import nonce, sign_in_at
from tests.instore.tablets import read
from tests.instore.vouchers.made import assert_ledger_is_right, code_of, make_order, make_voucher, pay, token_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]


def page_of(voucher):
    return f"/v/{token_of(voucher)}/"


def test_page_says_what_is_left_and_how_it_is_spent(world, client):
    voucher = make_voucher(world.duty)
    pay(voucher, 50000, order=make_order(), duty=world.duty)
    answer = client.get(page_of(voucher))
    page = read(answer)
    for words in ("Rp150,000", "Issued with Rp200,000", voucher.number, "Good until", "Dago"):
        assert words in page, words
    assert written(code_of(voucher)) in page
    assert list(misshapen(answer.content.decode())) == []
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.get(page_of(voucher), headers={"Accept-Language": "id"}).headers["Content-Language"] == "id"


def test_nothing_is_said_of_what_opens_nothing(world, client):
    voucher = make_voucher(world.duty)
    for said in (new_token(), code_of(voucher), voucher.number, "x"):
        assert "opens no voucher" in read(client.get(f"/v/{said}/"), 404)
    answers = [client.get(f"/v/{new_token()}/").status_code for _ in range(41)]
    assert 429 in answers


def test_void_voucher_shows_no_code(world, client):
    voucher = make_voucher(world.duty)
    void(voucher_id=voucher.pk, reason="Lost", who="Dewi")
    page = read(client.get(page_of(voucher)))
    assert "Void: nothing can be paid with it" in page
    assert written(code_of(voucher)) not in page


@pytest.mark.parametrize("paper", ["a4", "80mm"])
def test_it_is_printed(world, client, paper):
    voucher = make_voucher(world.duty)
    answer = client.post(f"{page_of(voucher)}print/", {"paper": paper})
    assert answer.content.startswith(b"%PDF")
    assert f"{voucher.number}-{paper}.pdf" in answer.headers["Content-Disposition"]


def test_it_is_sent_once(world, client):
    voucher = make_voucher(world.duty)
    for _ in range(2):
        assert client.post(f"{page_of(voucher)}send/", {"email": "dewi@example.com"}).status_code == 302
    assert "valid email" in read(client.post(f"{page_of(voucher)}send/", {"email": "dewi"}), 422)
    send_messages()
    (letter,) = mail.outbox
    assert voucher.number in letter.subject
    for words in ("Rp200,000", written(code_of(voucher)), page_of(voucher)):
        assert words in letter.body, words


@pytest.mark.parametrize("entries", [1, 50])
def test_page_asks_as_much_for_one_entry_as_for_fifty(world, client, django_assert_max_num_queries, entries):
    voucher, order = make_voucher(world.duty), make_order()
    for number in range(entries):
        pay(voucher, 1000, order=order, duty=world.duty, number=number)
    with django_assert_max_num_queries(10):
        assert read(client.get(page_of(voucher))).count("Spent, Dago") == min(entries, 50)


# At the tablet


@pytest.fixture
def tablet(world):
    return sign_in_at(world.dago, "Rina", device="Door")


def form_in(answer):
    return fields_of(answer, answer.wsgi_request.path)


def chosen(order, *quantities, **more):
    lines = order.lines.order_by("pk")
    return {f"many{line.pk}": str(n) for line, n in zip(lines, quantities, strict=False)} | more


def gift_link(order):
    with transaction.atomic():
        receipt = issue_receipt(order=order)
    return link_of(receipt, is_gift=True)


def test_shopper_gets_a_voucher_and_sees_it_there(world, tablet):
    order = sold(world)
    here = f"/staff/returns/{order.pk}/"
    shown = tablet.get(here, chosen(order, 1, method="voucher"))
    assert "goes back as a voucher." in read(shown)
    answer = tablet.post(here, form_in(shown))
    voucher = CreditVoucher.objects.get()
    done = tablet.get(answer.url)
    assert written(code_of(voucher)) in read(done)
    assert f"/v/{token_of(voucher)}/print/" in done.content.decode()
    assert list(misshapen(done.content.decode())) == []
    elsewhere = sign_in_at(world.dago, "Tono", device="Office")
    assert written(code_of(voucher)) not in read(elsewhere.get(answer.url))


def test_gift_receipt_opens_the_return_without_prices_or_the_buyer(world, tablet):
    order = sold(world)
    Order.objects.filter(pk=order.pk).update(guest_email="buyer@example.com")
    found = tablet.post("/staff/returns/", {"code": gift_link(order)})
    assert found.url == f"/staff/returns/{order.pk}/?gift=yes"
    page = read(tablet.get(found.url))
    assert "no prices are shown" in page
    assert "Rp" not in page
    assert "buyer@" not in page
    shown = tablet.get(f"/staff/returns/{order.pk}/", chosen(order, 1, gift="yes", method="cash"))
    page = read(shown)
    assert page.count("Rp143,610") == page.count("Rp") == 3
    assert "goes back as a voucher." in page
    answer = tablet.post(f"/staff/returns/{order.pk}/", form_in(shown) | {"method": "cash"})
    assert "gift=yes" in answer.url
    voucher = CreditVoucher.objects.get()
    assert voucher.is_gift
    assert Return.objects.get().refunds[0]["method"] == "voucher"
    done = read(tablet.get(answer.url))
    assert written(code_of(voucher)) in done
    assert "Rp479,900" not in done
    assert_ledger_is_right()


def test_manager_gives_a_voucher_without_a_receipt(world):
    tablet = sign_in_at(world.dago, "Dewi", device="Office", role=Role.MANAGER)
    form = {"article": "TEE", "many": "1", "each": "100000", "why": "size", "then": "sell", "note": "A present"}
    shown = tablet.get("/staff/returns/without/", {**form, "method": "voucher"})
    assert "Take back and give Rp100,000 as a voucher" in read(shown)
    answer = tablet.post("/staff/returns/without/", form_in(shown) | form | {"method": "voucher"})
    voucher = CreditVoucher.objects.get()
    assert voucher.amount == Decimal(100000)
    assert written(code_of(voucher)) in read(tablet.get(answer.url))
    assert tablet.post("/staff/returns/without/", {**form, "nonce": nonce(2), "method": "original"}).status_code == 409
